internal import GRDB

extension Library {
  /// A number that changes whenever another connection, of this process or another, has written to
  /// the catalog; asking costs microseconds.
  ///
  /// - Throws: `LibraryError.replaced`, because changes of the library that is now in its place are not seen.
  package func foreignChanges() throws -> Int64 {
    guard !isReplaced else { throw LibraryError.replaced(path: folder.path) }
    return try read { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
  }
}
