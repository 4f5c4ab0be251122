import GRDB
import SeedbankQuery

/// A field condition that is translated to an SQL condition on one row.
protocol RowConditionSQL: RowCondition {
  /// Returns the condition on a row of `generation AS g`.
  ///
  /// If the condition does not hold, its value is false or NULL.
  func rows(in database: Database) throws -> SQLFragment
}
