public import FilePaths
internal import GRDB
import Platform
public import SeedbankModel

/// The result of restoring another library.
public struct FolderRestoreReport: Hashable, Sendable {
  /// The result for the records.
  public let records: RestoreReport
  /// The number of image files that were copied, or would be.
  public let images: Int
}

extension Library {
  /// Restores everything from another library, such as a backup: its image files first, then its
  /// records.
  ///
  /// Records are merged like those of a dump. An image file that both libraries have, other than by a hard
  /// link, is read here: a damaged file can have the right size, and is replaced. A file whose bytes do not
  /// match its name is not copied, nor is one that only skipped generations have.
  ///
  /// - Parameter temporaryFolder: where a rehearsal writes its temporary file if the library's folder does not exist.
  /// - Throws: `RestoreError`, `LibraryError`.
  public func restore(
    from other: Library, at now: Timestamp, bringingBack: Bool = false, rehearsing: Bool = false,
    temporaryFolder: FilePath = "/tmp", progress: (Int) -> Void = { _ in }
  ) throws -> FolderRestoreReport {
    // Until the rows exist, a check would take the files for unused ones.
    let claim = try rehearsing ? nil : claimStore(for: .adding)
    defer { withExtendedLifetime(claim) {} }
    let skipped: Set<GenerationID> = try bringingBack ? [] : generationsToSkip(of: other)
    let images = try takeImages(of: other, skipping: skipped, rehearsing: rehearsing)
    // A rehearsal creates no folder.
    let isFolderMissing = rehearsing && !FileSystem.exists(folder.incoming)
    if !isFolderMissing { try FileSystem.makeFolder(folder.incoming) }
    let place = isFolderMissing ? temporaryFolder : folder.incoming
    let path = place + "/restore-\(getpid())"
    FileSystem.removeIfPresent(path)
    let descriptor = FilePaths.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileSystem.failure("create", path) }
    defer { close(descriptor) }
    // The open file stays readable, and no file is left behind if the restore fails.
    FileSystem.removeIfPresent(path)
    try other.dump { lines in
      try lines.withUnsafeBytes { try FileSystem.write($0, to: descriptor, path: path) }
    }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileSystem.failure("read", path) }
    let records = try restore(
      reading: descriptor, path: other.folder.path, at: now, bringingBack: bringingBack,
      rehearsing: rehearsing, progress: progress)
    return FolderRestoreReport(records: records, images: images)
  }

  private func takeImages(
    of other: Library, skipping skipped: Set<GenerationID>, rehearsing: Bool
  ) throws -> Int {
    var taken = 0
    var cursor: Digest?
    while true {
      let page = try other.read { try CataloguedFile.page(after: cursor, limit: 500, in: $0) }
      guard let last = page.last else { return taken }
      cursor = last.digest
      var returned: [Digest] = []
      for file in page where try needs(file, skipping: skipped) {
        if try take(file, of: other, rehearsing: rehearsing) { returned.append(file.digest) }
      }
      taken += returned.count
      if !rehearsing, !returned.isEmpty { try noteReturned(returned) }
    }
  }

  /// Whether a row refers to the file, or will: without one it would be an orphan.
  private func needs(
    _ file: CataloguedFile, skipping skipped: Set<GenerationID>
  ) throws -> Bool {
    if !file.generations.allSatisfy({ skipped.contains($0) }) { return true }
    return try read {
      try FileCheck(folder: folder, database: $0).isKnown(file.digest, file.format)
    }
  }

  /// Copies a file unless it is here, whole; false if it is, or if the other library does not have it.
  private func take(
    _ file: CataloguedFile, of other: Library, rehearsing: Bool
  ) throws -> Bool {
    let source = other.folder.path + "/" + file.relativePath
    // A record of an earlier version can be without the size of its file.
    guard let size = FileSystem.size(source), size == file.bytes || file.bytes == 0,
      !isWhole(file, size, source)
    else { return false }
    if rehearsing { return true }
    guard ImageStore.digest(ofFileAt: source) == file.digest else { return false }
    // Another process may restore the same image.
    let incoming = try images.receive("restore-\(getpid())-\(file.digest.hex)")
    do {
      try incoming.restart()
      try incoming.append(contentsOf: source)
      return try images.keep(incoming, format: file.format) == file.digest
    } catch {
      incoming.discard()
      throw error
    }
  }

  /// Whether the file is here, with the bytes that its name states.
  ///
  /// A backup on the same disk usually has the same file by another name. Nothing could be copied from it, so it is
  /// not read.
  private func isWhole(_ file: CataloguedFile, _ size: Int64, _ source: FilePath) -> Bool {
    let path = folder.path + "/" + file.relativePath
    guard FileSystem.size(path) == size else { return false }
    if let here = FileIdentity(path: path), here == FileIdentity(path: source) { return true }
    return ImageStore.digest(ofFileAt: path) == file.digest
  }
}

extension IncomingFile {
  /// Appends the bytes of a file, a piece at a time.
  fileprivate func append(contentsOf source: FilePath) throws {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw FileSystem.failure("open", source) }
    defer { close(input) }
    guard try readPieces(of: input, append) else { throw FileSystem.failure("read", source) }
  }
}
