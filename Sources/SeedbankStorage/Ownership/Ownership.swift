import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Which library may send, poll and fetch a generation, and the one place where SQL says so.
///
/// Work is a library's own if `generation.owner` names the library and the catalog is in the folder
/// that it recorded. Neither can be said of a restored dump, a backup or a copied folder.
enum Ownership {
  private static let isOwnFolder = """
    is_own_folder(inode, birth, volume, file_system, folder_inode, submits)
    """
  /// The id of the library; in a folder that is not its own a value that no owner has.
  private static let identity = """
    coalesce((SELECT id FROM library WHERE \(isOwnFolder)), x'')
    """
  private static let unfinished = Status.allCases.filter(\.isUnfinished).map { "'\($0.rawValue)'" }
    .joined(separator: ", ")

  /// The condition that a row is the library's own.
  ///
  /// - Parameter row: the name of the row with its full stop, or nothing.
  static func isOwn(_ row: String = "") -> String { "\(row)owner IS \(identity)" }

  /// The condition that a row is unfinished, and held for another library.
  static func isHeld(_ row: String = "") -> String {
    "\(row)status IN (\(unfinished)) AND NOT \(isOwn(row))"
  }

  /// A row's status as people see it.
  static func status(_ row: String = "") -> String {
    "CASE WHEN \(isHeld(row)) THEN '\(Status.held.rawValue)' ELSE \(row)status END"
  }

  /// The condition that a row can still be continued, also on request only: unfinished ones, and complete
  /// ones that lack images of their group.
  static let isOpen = """
    id IN (
      SELECT id FROM generation WHERE status <> 'complete' AND status <> 'failed'
      UNION ALL
      SELECT id FROM generation WHERE status = 'complete' AND error_code IS NOT NULL)
    """

  /// The id of the library in any folder.
  static func libraryID(in database: Database) throws -> LibraryID? {
    try Data.fetchOne(database, sql: "SELECT id FROM library").map { LibraryID(bytes: Array($0)) }
  }

  static func isInOwnFolder(_ database: Database) throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT \(isOwnFolder) FROM library") ?? false
  }

  /// The library that a merge writes into.
  static func standing(in database: Database) throws -> LibraryStanding {
    LibraryStanding(
      id: try libraryID(in: database), isInOwnFolder: try isInOwnFolder(database))
  }

  /// Returns the id under which new work is recorded.
  ///
  /// A copy of a library takes a new id and creates a new mark first. The work in the copy keeps
  /// the old id, so it is still held.
  static func settle(_ folder: LibraryFolder, in database: Database) throws -> LibraryID {
    if try isInOwnFolder(database), let id = try libraryID(in: database) { return id }
    let mark = FolderMark(folder)
    try mark.renew()
    try Library.repeatOwnHeads(in: database)
    try database.execute(
      sql: "DELETE FROM library; INSERT INTO library(id) VALUES (randomblob(16))")
    try mark.record(in: database)
    // The next backup must not replace the work that is recorded here.
    FileSystem.removeIfPresent(folder.backupMark)
    guard let id = try libraryID(in: database) else {
      throw LibraryError.catalog(path: folder.catalog, detail: "the library has no id")
    }
    return id
  }
}

/// The identity of a library in all its records: 16 random bytes.
public struct LibraryID: Hashable, Sendable, CustomStringConvertible {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// - Returns: nil unless the text is 32 hexadecimal digits.
  init?(_ text: String) {
    guard text.utf8.count == 32, let bytes = Hex.bytes(text) else { return nil }
    self.bytes = bytes
  }

  /// The id as 32 hexadecimal digits.
  public var description: String { Hex.string(bytes) }
}
