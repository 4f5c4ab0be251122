import FilePaths
import Platform
package import SeedbankModel

extension Library {
  /// Restores records that are in memory, as `restore(reading:path:at:…)` does those of a file; also
  /// those that the trash was emptied of, since they were chosen one by one.
  ///
  /// - Throws: `RestoreError`, `LibraryError`.
  @discardableResult
  package func restore(_ records: [GenerationRecord], at now: Timestamp) throws -> RestoreReport {
    var lines = JSONWriter()
    for var record in records {
      // Only dumps have the hashes of what images look like.
      record.archive = record.archive ?? RecordArchive()
      record.write(to: &lines)
      lines.newline()
    }
    try FileSystem.makeFolder(folder.incoming)
    let path = folder.incoming + "/records-\(getpid()).jsonl"
    let descriptor = FilePaths.open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileSystem.failure("create", path) }
    defer { close(descriptor) }
    // The name is not needed any more, and must not stay if the process ends here.
    FileSystem.removeIfPresent(path)
    try lines.bytes.withUnsafeBytes { try FileSystem.write($0, to: descriptor, path: path) }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileSystem.failure("read", path) }
    return try restore(
      reading: descriptor, path: path, at: now, bringingBack: true, from: "import")
  }
}
