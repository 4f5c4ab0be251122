internal import GRDB

extension Database {
  /// Turns the CHECK constraints of the tables on, or off until the next call.
  ///
  /// SQLite 3.40 makes a temporary table of the allowed states for each row that it inserts into `generation`,
  /// which takes a quarter of the time of the row. A restore inserts only states and ratings that are allowed,
  /// because its types have no others and the reader of the lines refuses them.
  ///
  /// Statements that were prepared before are prepared again.
  func setConstraintChecks(_ areOn: Bool) throws {
    try execute(sql: "PRAGMA ignore_check_constraints = \(areOn ? "OFF" : "ON")")
  }

  /// Turns the checks of foreign keys on, or off until the next call; not within a transaction.
  func setForeignKeyChecks(_ areOn: Bool) throws {
    try execute(sql: "PRAGMA foreign_keys = \(areOn ? "ON" : "OFF")")
  }
}
