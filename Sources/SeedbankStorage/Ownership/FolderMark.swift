import FilePaths
import FoundationEssentials
internal import GRDB
import Platform

/// The files in a library's folder that distinguish the library from a copy.
///
/// `owner/mark` is recognized by its inode and its creation time. It is replaced by a new file when
/// requests are marked as sent (``NextMark``). So an older version of the catalog that was put back names a
/// file that does not exist any more, also if the whole folder was made equal to an older copy.
///
/// `owner/sent-N` means that N requests were marked as sent. If the catalog has fewer, it is an older version
/// too. This also helps on a file system that records no creation times and gives inodes to new files again.
struct FolderMark: Sendable {
  let folder: LibraryFolder

  init(_ folder: LibraryFolder) { self.folder = folder }

  var path: FilePath { folder.owner + "/mark" }

  /// Makes the mark unless it exists; another process may be making it too, and then its mark stays.
  func ensure() throws {
    if FileSystem.exists(path) { return }
    try FileSystem.publish(makeDraft(), as: path)
    try FileSystem.sync(folder.path)
  }

  /// Makes a new mark in the place of the old one.
  func renew() throws {
    let draft = try makeDraft()
    guard rename(draft, path) == 0 else { throw FileSystem.failure("rename", draft) }
    try FileSystem.syncFolder(of: path)
    try FileSystem.sync(folder.path)
  }

  private func makeDraft() throws -> FilePath {
    try FileSystem.makeFolder(folder.owner)
    let draft = path + ".new-\(getpid())"
    FileSystem.removeIfPresent(draft)
    guard FileSystem.write(Self.text, to: draft) else {
      throw LibraryError.cannotCreate(path: draft, errno: errno)
    }
    return draft
  }

  static let text = """
    Seedbank uses this file to recognize that the folder of the library was not copied.
    A copy of the folder never sends, polls or downloads the unfinished work of the original.

    """

  /// Writes into the catalog which file the mark is.
  func record(in database: Database) throws { try record(path, in: database) }

  /// Writes into the catalog that the file at this path is the mark.
  func record(_ path: FilePath, in database: Database) throws {
    guard let found = FoundMark(path: path, folder: folder.path) else {
      throw FileSystem.failure("open", path)
    }
    try record(found.identity, in: database)
  }

  /// Writes into the catalog that the mark has this identity.
  ///
  /// The volume cannot be read if the process has reached its limit of open files. On the same file system, it is
  /// still the recorded one.
  func record(_ identity: FolderIdentity, in database: Database) throws {
    try database.execute(
      sql: """
        UPDATE library SET inode = ?, birth = ?,
          volume = coalesce(?, CASE WHEN file_system = ? THEN volume END), file_system = ?,
          folder_inode = ?, submits = max(submits, ?)
        """,
      arguments: [
        identity.inode, identity.birth, identity.volume?.data, identity.fileSystem,
        identity.fileSystem, identity.folder, submits,
      ])
  }

  /// Removes the recorded identity of the folder from the catalog.
  static func forget(in database: Database) throws {
    try database.execute(
      sql: "UPDATE library SET inode = NULL, birth = NULL, volume = NULL, file_system = NULL")
  }

  // MARK: Requests sent

  /// The number of requests that are marked as sent, according to the folder.
  private var submits: Int64 { notes.max() ?? 0 }

  private var notes: [Int64] {
    let names = (try? FileSystem.names(in: folder.owner)) ?? []
    return names.compactMap { $0.hasPrefix("sent-") ? Int64($0.dropFirst(5)) : nil }
  }

  /// Records in the folder how many requests the catalog has committed as sent.
  ///
  /// A failure is not reported. The folder then has a lower number than the catalog, which is
  /// allowed.
  func note(submits: Int64) {
    let earlier = notes
    // Other processes and tasks send as well, and may be further.
    guard earlier.allSatisfy({ $0 < submits }) else { return }
    let descriptor = open(path(of: submits), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return }
    close(descriptor)
    for number in earlier { FileSystem.removeIfPresent(path(of: number)) }
  }

  private func path(of note: Int64) -> FilePath { folder.owner + "/sent-\(note)" }

  // MARK: In SQL

  /// `is_own_folder(inode, birth, volume, file_system, folder_inode, submits)`: whether the catalog
  /// is in the folder that it recorded.
  var function: DatabaseFunction {
    let mark = self
    return DatabaseFunction("is_own_folder", argumentCount: 6) { values in
      guard let inode = Int64.fromDatabaseValue(values[0]) else { return false }
      let recorded = FolderIdentity(
        inode: inode, birth: Int64.fromDatabaseValue(values[1]),
        volume: Data.fromDatabaseValue(values[2]).map(Array.init),
        fileSystem: Int64.fromDatabaseValue(values[3]) ?? 0,
        folder: Int64.fromDatabaseValue(values[4]) ?? 0)
      return mark.exists(as: recorded)
        && mark.submits <= (Int64.fromDatabaseValue(values[5]) ?? 0)
    }
  }

  /// Whether the folder contains the mark that was recorded.
  private func exists(as recorded: FolderIdentity) -> Bool {
    func isMark(_ path: FilePath) -> Bool {
      FoundMark(path: path, folder: folder.path)?.isMark(of: recorded) ?? false
    }
    if isMark(path) { return true }
    // A process that recorded a new mark was stopped before it gave the file its name, or does that now.
    return drafts.contains { isMark(folder.owner + "/" + $0) } || isMark(path)
  }

  /// The names of new marks whose transactions are not finished; empty if they cannot be read.
  var drafts: [String] {
    let names = (try? FileSystem.names(in: folder.owner)) ?? []
    return names.filter { $0.hasPrefix(Self.draftPrefix) }
  }

  /// What the names of new marks begin with.
  static let draftPrefix = "next-"
}
