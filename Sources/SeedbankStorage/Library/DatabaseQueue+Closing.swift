internal import GRDB

extension DatabaseQueue {
  /// Writes the log into the catalog and closes the catalog's only connection, so that its file is complete.
  ///
  /// Closing alone ignores that the log cannot be written into the catalog, as on a full disk. Then only
  /// both files together are complete.
  /// - Throws: `DatabaseError`.
  func closeWithoutLog() throws {
    try writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try close()
  }
}
