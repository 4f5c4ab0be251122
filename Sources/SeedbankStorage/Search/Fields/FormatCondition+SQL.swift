import GRDB
import SeedbankQuery

extension FormatCondition: RowConditionSQL {
  func rows(in database: Database) -> SQLFragment {
    SQLFragment(
      "EXISTS (SELECT 1 FROM image AS i WHERE i.generation_id = g.id AND i.format = ?)",
      [kind.rawValue])
  }
}
