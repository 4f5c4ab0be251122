import FilePaths
internal import GRDB
import SeedbankModel

extension BackupFolder {
  /// Returns the number of generations in the earlier backup that the library does not have and did not
  /// delete permanently.
  ///
  /// The ids of the two libraries are not compared. A library takes a new id if it is restored or copied.
  ///
  /// - Returns: nil if the catalog is damaged, so that its generations cannot be read.
  /// - Throws: `LibraryError`.
  func unknownGenerations(to library: Library) throws -> Int? {
    guard FileSystem.size(folder.catalog) ?? 0 > 0 else { return 0 }
    var configuration = Configuration()
    configuration.readonly = true
    // Another process that opens or closes the backup locks it for a moment.
    configuration.busyMode = .timeout(30)
    var unknown = 0
    var last: UID?
    do {
      // Not opened as a library: that would change a catalog with an older schema.
      let backup = try DatabaseQueue(path: connectionPath, configuration: configuration)
      defer { try? backup.close() }
      while true {
        let page = try backup.read { try Self.uids(after: last, in: $0) }
        guard let end = page.last else { return unknown }
        last = end
        unknown += try library.countUnknown(page)
      }
    } catch let error as DatabaseError {
      guard error.isDamage || error.resultCode == .SQLITE_NOTADB else {
        throw LibraryError(error, path: folder.catalog)
      }
      return nil
    }
  }

  /// The name under which SQLite reads the catalog: a catalog without a log is immutable.
  ///
  /// Otherwise SQLite would make a log beside it, and apply that log to the next catalog.
  private var connectionPath: String {
    FileSystem.exists(folder.catalog + "-wal")
      ? CatalogPath.connection(folder.catalog) : CatalogPath.uri(folder.catalog) + "?immutable=1"
  }

  /// The number of uids in memory at a time.
  private static let pageSize = 10_000

  /// The next uids in ascending order, from the index, which all versions of the schema have.
  private static func uids(after last: UID?, in database: Database) throws -> [UID] {
    var rows = try RawRows(
      """
      SELECT uid FROM generation WHERE uid > ? AND length(uid) = 16 ORDER BY uid LIMIT \(pageSize)
      """, .blob(last?.bytes ?? []), in: database)
    var uids: [UID] = []
    while try rows.next() {
      if let uid = UID(bytes: rows.bytes(0)) { uids.append(uid) }
    }
    return uids
  }
}

extension Library {
  /// Returns how many of some uids, in ascending order, no generation has or had until it was deleted
  /// permanently.
  fileprivate func countUnknown(_ uids: [UID]) throws -> Int {
    guard let first = uids.first, let last = uids.last else { return 0 }
    return try read { database in
      var rows = try RawRows(
        "SELECT uid FROM generation WHERE uid BETWEEN ? AND ? ORDER BY uid",
        .blob(first.bytes), .blob(last.bytes), in: database)
      var own: UID?
      var isAtEnd = false
      var unknown = 0
      for uid in uids {
        while !isAtEnd, own.map({ $0 < uid }) ?? true {
          isAtEnd = try !rows.next()
          own = isAtEnd ? nil : UID(bytes: rows.bytes(0))
        }
        if own == uid { continue }
        let erasure = EditField.erased(uid).description
        let isErased =
          try database.integer("SELECT 1 FROM library_edit WHERE field = ?", .text(erasure)) != nil
        if !isErased { unknown += 1 }
      }
      return unknown
    }
  }
}
