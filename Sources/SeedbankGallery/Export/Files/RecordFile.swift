import FilePaths
import Platform
import SeedbankStorage
import Synchronization

/// The record in the folder of an export.
///
/// It is read once, then extended when files get their names. A lock prevents a second export at
/// the same time.
final class RecordFile: Sendable {
  private let path: FilePath
  private let file: LockedFile
  private let state: Mutex<ExportRecord>

  /// Opens and locks the record of `folder`, creating one if it does not exist.
  ///
  /// - Throws: `ExportError.busy`, `.newerRecord`, `.foreignFile`.
  init(in folder: ExportFolder) throws(ExportError) {
    let path = folder.path + "/" + ExportLayout.record
    self.path = path
    // At its end, another export may replace the record (`tidy`).
    let locked = try LockedFile.locked(
      at: path, opening: { () throws(ExportError) -> Int32 in try RecordFile.opened(path) })
    guard let file = locked else { throw .busy(path: folder.path) }
    let descriptor = file.descriptor
    let (record, isTorn) = try Self.readLines(path)
    state = Mutex(record)
    self.file = file
    if lseek(descriptor, 0, SEEK_END) == 0 {
      try append(.header(version: RecordLine.version))
    } else if isTorn {
      // The next line must not be appended to an incomplete line.
      try FileDescriptorWriting.write([UInt8(ascii: "\n")], to: descriptor, path: path)
    }
  }

  private static func opened(_ path: FilePath) throws(ExportError) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, errno: errno) }
    return descriptor
  }

  /// Reads the record of a folder without changing anything; empty if it does not exist.
  static func read(_ path: FilePath) throws(ExportError) -> ExportRecord {
    try readLines(path).record
  }

  private static func readLines(
    _ path: FilePath
  ) throws(ExportError) -> (record: ExportRecord, isTorn: Bool) {
    guard case .file(false, let size, _) = ExportFolder.fact(path), size > 0 else {
      return (ExportRecord(), false)
    }
    let bytes = try FileCopying.read(path)
    // A record starts with its header. Otherwise another program wrote the file.
    let first = bytes.prefix { $0 != UInt8(ascii: "\n") }
    guard case .header = RecordLine(json: first) else { throw .foreignFile(path: path) }
    guard let record = ExportRecord(lines: bytes) else { throw .newerRecord(path: path) }
    return (record, bytes.last != UInt8(ascii: "\n"))
  }

  var record: ExportRecord { state.withLock { $0 } }

  func entry(_ path: RelativePath, as found: FileFact) -> ExportEntry? {
    state.withLock { $0.entry(path, as: found) }
  }

  /// Records files before they get their names, so that an interrupted run leaves no unknown file.
  func note(_ entries: [ExportEntry]) throws(ExportError) {
    guard !entries.isEmpty else { return }
    state.withLock { record in
      for entry in entries { record.note(entry) }
    }
    let lines = entries.reduce(into: [UInt8]()) { $0 += RecordLine.entry($1).json }
    try FileDescriptorWriting.write(lines, to: file.descriptor, path: path)
  }

  func forget(_ file: RelativePath) throws(ExportError) {
    state.withLock { $0.forget(file) }
    try append(.removed(file))
  }

  private func append(_ line: RecordLine) throws(ExportError) {
    try FileDescriptorWriting.write(line.json, to: file.descriptor, path: path)
  }

  /// Rewrites the record without outdated lines when they are more than half.
  func tidy(in folder: ExportFolder) throws(ExportError) {
    let record = self.record
    guard record.staleLines > record.entries.count else { return }
    let draft = folder.draft()
    var bytes = RecordLine.header(version: RecordLine.version).json
    for entry in record.entries.values.sorted(by: { $0.path.description < $1.path.description }) {
      bytes += RecordLine.entry(entry).json
    }
    try FileCopying.write(bytes, to: draft)
    try folder.publish(
      draft, as: RelativePath(parts: [ExportLayout.record]), replacing: true)
  }
}
