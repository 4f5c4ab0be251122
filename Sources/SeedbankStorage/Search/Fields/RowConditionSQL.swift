import GRDB
import SeedbankQuery

/// The reading in SQL of a field that asks one thing of a row.
protocol RowConditionSQL: RowCondition {
  /// Returns the condition on a row of `generation AS g`. It may be NULL where it does not hold.
  func rows(in database: Database) throws -> SQLFragment
}
