import GRDB
import SeedbankQuery

extension RawCondition: RowConditionSQL {
  /// Returns a condition that reads the raw text of each candidate, because raw texts have no
  /// index.
  func rows(in database: Database) -> SQLFragment {
    SQLFragment(
      """
      EXISTS (SELECT 1 FROM provenance AS v WHERE v.generation_id = g.id
        AND instr(lower(CAST(v.raw AS TEXT)), ?) > 0)
      """, [content])
  }
}
