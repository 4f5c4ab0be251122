import FilePaths
internal import GRDB
import Platform
import SeedbankModel
import Synchronization

/// The mark of a folder from the next transaction on: it marks requests as sent.
///
/// The file is made before the commit, so that the catalog never records a file that does not exist. It gets
/// its name after the commit, so that a transaction that fails changes nothing.
struct NextMark {
  private let mark: FolderMark
  private let draft: FilePath
  /// In the order in which this process makes marks.
  private let number: Int
  /// The marks of older transactions that have no name yet, and those that stopped processes left.
  private let earlier: [String]

  /// Makes the file and records it in the catalog.
  ///
  /// The transaction must have written to the catalog, so that no other process makes a mark at the same time.
  ///
  /// - Throws: `LibraryError` if the file cannot be made. Then no request may be sent, because an older catalog
  ///   would not be recognized.
  init(of folder: LibraryFolder, in database: Database) throws {
    mark = FolderMark(folder)
    earlier = mark.drafts
    (draft, number) = try Self.makeDraft(of: mark)
    try mark.record(draft, in: database)
  }

  /// Puts the file in the place of the mark, after the commit.
  ///
  /// A failure is not reported: the file is also recognized under its draft's name.
  func finish() {
    // A task whose transaction is older may come here later.
    Self.newest.withLock { newest in
      if newest[mark.path] ?? 0 < number {
        newest[mark.path] = number
        // Before the rename: otherwise another process could put an older file in the place of this one.
        for name in earlier { FileSystem.removeIfPresent(mark.folder.owner + "/" + name) }
        _ = rename(draft, mark.path)
      } else {
        FileSystem.removeIfPresent(draft)
      }
    }
  }

  private static let counter = Atomic(0)
  /// The newest mark that this process has put in each place.
  private static let newest = Mutex<[FilePath: Int]>([:])

  private static func makeDraft(of mark: FolderMark) throws -> (path: FilePath, number: Int) {
    while true {
      let number = counter.add(1, ordering: .relaxed).newValue
      // A process in another container can have the same id.
      let digits = Hex.string((0..<4).map { _ in UInt8.random(in: .min ... .max) })
      let name = "\(FolderMark.draftPrefix)\(getpid())-\(number)-\(digits)"
      let path = mark.folder.owner + "/\(name)"
      // It is not opened for this, because the process may have reached its limit of open files. Then its text
      // is missing, and the folder is not synced.
      if path.withCString({ mknod($0, S_IFREG | 0o644, 0) }) == 0 {
        FileSystem.write(FolderMark.text, to: path)
        // A power cut could remove a file that the catalog records. The work would then be held.
        try? FileSystem.syncFolder(of: path)
        return (path, number)
      }
      // By chance, another process made the same name.
      guard errno == EEXIST else { throw FileSystem.failure("create", path) }
    }
  }
}

extension Library {
  /// Runs `body` in a write transaction, and replaces the folder's mark if requests are marked as sent.
  ///
  /// - Throws: What `body` throws; `LibraryError`.
  func writeMarkingFolder<Value>(_ body: (Database) throws -> Value) throws -> Value {
    var (next, submits): (NextMark?, Int64) = (nil, 0)
    let value = try write { database in
      let before = try Self.submits(in: database)
      let result = try body(database)
      submits = try Self.submits(in: database)
      if submits > before { next = try NextMark(of: folder, in: database) }
      return result
    }
    if let next {
      next.finish()
      FolderMark(folder).note(submits: submits)
    }
    return value
  }

  private static func submits(in database: Database) throws -> Int64 {
    try Int64.fetchOne(database.cachedStatement(sql: "SELECT submits FROM library")) ?? 0
  }
}
