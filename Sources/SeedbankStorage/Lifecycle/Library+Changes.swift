internal import GRDB

extension Library {
  /// A number that changes whenever another connection, of this process or another, has written to
  /// the catalog; asking costs microseconds.
  package func foreignChanges() throws -> Int64 {
    try read { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
  }
}
