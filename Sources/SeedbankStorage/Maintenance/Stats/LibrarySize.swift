import FilePaths
internal import GRDB

/// How large a library is.
public struct LibrarySize: Hashable, Sendable {
  /// Number of generations outside the trash.
  public var generations = 0
  /// Size of all image files in bytes.
  public var fileBytes: Int64 = 0
  /// Size of the catalog in bytes.
  public var catalogBytes: Int64 = 0
}

extension Library {
  /// Returns the size of the library.
  ///
  /// The rows of generations are not read, so this takes much less time than
  /// ``statistics(utcOffset:)``.
  ///
  /// - Throws: `LibraryError`.
  public func size() throws -> LibrarySize {
    try read { database in
      LibrarySize(
        generations: try Self.countGenerations(in: database),
        fileBytes: try FileTotals(in: database).bytes, catalogBytes: catalogBytes)
    }
  }

  /// Returns the number of generations outside the trash.
  static func countGenerations(in database: Database) throws -> Int {
    // SQLite counts all rows in one step; those of the trash have an index.
    let count = try database.integer(
      """
      SELECT (SELECT count(*) FROM generation)
        - (SELECT count(*) FROM generation WHERE trashed_at IS NOT NULL)
      """)
    return Int(count ?? 0)
  }

  /// The size of the catalog and its log in bytes.
  var catalogBytes: Int64 {
    ["", "-wal"].reduce(0) { $0 + (FileSystem.size(folder.catalog + $1) ?? 0) }
  }
}
