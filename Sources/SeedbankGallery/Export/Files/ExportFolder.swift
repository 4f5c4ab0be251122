import FilePaths
import Platform
import SeedbankStorage
import Synchronization

/// The folder of an export.
///
/// It follows no links, gives a file its name only when it is complete, and replaces a file only if
/// the caller says that an export wrote it.
final class ExportFolder: Sendable {
  let path: FilePath
  private let made: Mutex<Set<RelativePath>>
  private let drafts = Atomic<Int>(0)
  private let draftPrefix: FilePath

  /// - Parameters:
  ///   - path: absolute or relative, without a trailing slash.
  ///   - draftPrefix: the prefix of the names of unfinished files. All files with this prefix may be
  ///     removed.
  init(path: FilePath, draftPrefix: FilePath = FilePath(".seedbank-export.part-")) {
    self.path = path
    self.draftPrefix = draftPrefix
    made = Mutex([])
  }

  func absolute(_ file: RelativePath) -> FilePath { path + "/" + file.description }

  /// The file or folder with the name.
  func fact(_ file: RelativePath) -> FileFact { Self.fact(absolute(file)) }

  static func fact(_ path: FilePath) -> FileFact {
    var status = stat()
    return fact(lstat(path, &status) == 0, status)
  }

  /// The target of a link, or the file itself.
  static func factOfTarget(_ path: FilePath) -> FileFact {
    var status = stat()
    return fact(stat(path, &status) == 0, status)
  }

  private static func fact(_ isThere: Bool, _ status: stat) -> FileFact {
    guard isThere else { return errno == ENOENT || errno == ENOTDIR ? .absent : .other }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFLNK else { return .other }
    return .file(
      isLink: kind == S_IFLNK, size: Int64(status.st_size),
      modified: status.st_mtim.nanoseconds)
  }

  /// Creates the folder and its parents.
  func make() throws(ExportError) { try Self.makeWithParents(path) }

  private static func makeWithParents(_ path: FilePath) throws(ExportError) {
    if mkdir(path, 0o755) == 0 { return }
    if errno == EEXIST {
      guard path.isFolder else { throw .notAFolder(path: path) }
      return
    }
    guard errno == ENOENT, path.folder != path else {
      throw .cannotCreate(path: path, errno: errno)
    }
    try makeWithParents(path.folder)
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw .cannotCreate(path: path, errno: errno)
    }
  }

  /// Creates the parent folders of a file, and checks that each is a folder and not a link.
  func makeFolders(above file: RelativePath) throws(ExportError) {
    for folder in file.folders where !made.withLock({ $0.contains(folder) }) {
      let path = absolute(folder)
      if mkdir(path, 0o755) != 0 {
        guard errno == EEXIST else { throw .failure("create", path, code: errno) }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .failure("read", path, code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: break
        case S_IFLNK: throw .leadsElsewhere(path: path)
        default: throw .notAFolder(path: path)
        }
      }
      made.withLock { _ = $0.insert(folder) }
    }
  }

  /// Whether all parents of the file exist and are folders.
  func isReachable(_ file: RelativePath) -> Bool {
    file.folders.allSatisfy { folder in
      if made.withLock({ $0.contains(folder) }) { return true }
      var status = stat()
      return lstat(absolute(folder), &status) == 0 && status.isFolder
    }
  }

  /// A unique name for an unfinished file.
  func draft() -> FilePath {
    path.appending(draftPrefix) + String(drafts.add(1, ordering: .relaxed).newValue)
  }

  /// Removes unfinished files of an interrupted run.
  func removeDrafts() {
    guard let folder = opendir(path) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = FilePath(nameOf: entry)
      if name.bytes.starts(with: draftPrefix.bytes) { unlink(path.appending(name)) }
    }
  }

  /// Gives a complete file its name.
  ///
  /// - Parameter replacing: whether an existing file was written by an export. Otherwise it is not
  ///   replaced, and the error is `.foreignFile`.
  func publish(_ draft: FilePath, as file: RelativePath, replacing: Bool) throws(ExportError) {
    let target = absolute(file)
    if replacing {
      guard rename(draft, target) == 0 else {
        let code = errno
        unlink(draft)
        throw .failure("rename", target, code: code)
      }
      // If both are names of one file, a rename keeps both.
      unlink(draft)
      return
    }
    defer { unlink(draft) }
    if link(draft, target) == 0 { return }
    let code = errno
    if code == EEXIST { throw .foreignFile(path: target) }
    // On a file system without hard links: check, then rename.
    guard Self.fact(target) == .absent else { throw .foreignFile(path: target) }
    guard rename(draft, target) == 0 else { throw .failure("rename", target, code: errno) }
  }

  /// Removes a file of an export, and its parent folders if they are empty.
  func remove(_ file: RelativePath) throws(ExportError) {
    guard unlink(absolute(file)) == 0 || errno == ENOENT else {
      throw .failure("remove", absolute(file), code: errno)
    }
    for folder in file.folders.reversed() where rmdir(absolute(folder)) == 0 {
      made.withLock { _ = $0.remove(folder) }
    }
  }
}
