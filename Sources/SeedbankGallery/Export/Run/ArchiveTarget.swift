import FilePaths
import Platform
import SeedbankModel

/// Writes files into an archive one after the other.
///
/// The archive gets its name when it is complete.
final class ArchiveTarget {
  let path: FilePath
  private let draft: FilePath
  private let file: LockedFile
  private var writer: ZipWriter
  private let replacesOwn: Bool

  /// - Throws: `ExportError.foreignFile` if a file of that name is not an archive of an export.
  init(path: FilePath) throws(ExportError) {
    self.path = path
    let found = ExportFolder.fact(path)
    replacesOwn = found != .absent
    guard found == .absent || Self.isOwn(path) else { throw .foreignFile(path: path) }
    draft = Self.draft(of: path)
    try Self.removeAbandoned(draft, of: path)
    let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? .foreignFile(path: draft) : .cannotCreate(path: path, errno: errno)
    }
    guard let file = LockedFile(descriptor), file.isNamed(draft) else { throw .busy(path: path) }
    self.file = file
    writer = ZipWriter(descriptor: descriptor, path: path)
  }

  deinit {
    unlink(draft)
  }

  /// The path of the archive until it is complete.
  ///
  /// No other program uses such a name, so the draft of an interrupted export can be removed. Names
  /// have at most 255 bytes, so a digest takes the place of a long one.
  static func draft(of path: FilePath) -> FilePath {
    let name = path.name
    let isLong = name.bytes.count > 200
    let stem = isLong ? FilePath(Digest(of: name.bytes).hex) : name
    return path.folder.appending(FilePath(bytes: ".".utf8 + stem.bytes) + ".seedbank-export.part")
  }

  /// - Returns: the number of bytes of the file.
  func add(_ produced: ProducedFile) throws(ExportError) -> Int64 {
    switch produced.content {
    case .bytes(let bytes):
      try writer.add(bytes, as: produced.path, at: produced.time)
      return Int64(bytes.count)
    case .edited(let original, let edit, _):
      let bytes = edit.applied(to: original)
      try writer.add(bytes, as: produced.path, at: produced.time)
      return Int64(bytes.count)
    case .library(let source, _, _):
      // A record of another library says how large the file is, and can be wrong.
      return try add(contentsOf: source, as: produced.path, at: produced.time)
    }
  }

  /// - Returns: the number of bytes of the file.
  @discardableResult
  func add(
    contentsOf source: FilePath, as name: RelativePath, at time: Timestamp
  ) throws(ExportError) -> Int64 {
    let file = open(source, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .failure("open", source, code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .failure("read", source, code: errno) }
    try writer.add(contentsOf: file, size: UInt64(status.st_size), as: name, at: time)
    return Int64(status.st_size)
  }

  /// Ends the archive and gives it its name.
  func finish() throws(ExportError) {
    try writer.finish()
    guard fsync(file.descriptor) == 0 else { throw .failure("sync", path, code: errno) }
    if replacesOwn || ExportFolder.fact(path) == .absent {
      guard rename(draft, path) == 0 else { throw .failure("rename", path, code: errno) }
    } else {
      throw .foreignFile(path: path)
    }
  }

  /// An archive of an export ends with a mark.
  private static func isOwn(_ path: FilePath) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    let mark = Array(ZipWriter.mark.utf8)
    var tail = [UInt8](repeating: 0, count: mark.count)
    guard lseek(file, -off_t(mark.count), SEEK_END) >= 0,
      read(file, &tail, tail.count) == tail.count
    else { return false }
    return tail == mark
  }

  /// Drafts of interrupted runs are removed, because archives are written in one run.
  ///
  /// A run that is still active has a lock on its draft.
  private static func removeAbandoned(_ draft: FilePath, of path: FilePath) throws(ExportError) {
    guard case .file(false, let size, _) = ExportFolder.fact(draft) else { return }
    let descriptor = open(draft, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failure("open", draft, code: errno) }
    // Another run may have replaced it by its own draft.
    guard let file = LockedFile(descriptor), file.isNamed(draft) else { throw .busy(path: path) }
    var head = [UInt8](repeating: 0, count: 4)
    let isArchive = read(file.descriptor, &head, 4) == 4 && head == [0x50, 0x4B, 3, 4]
    guard size == 0 || isArchive else { throw .foreignFile(path: draft) }
    unlink(draft)
  }
}
