import GRDB
import SeedbankQuery

extension VerdictCondition: RowConditionSQL {
  func rows(in database: Database) -> SQLFragment { SQLFragment("g.verdict = ?", [kind]) }
}
