import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// The bytes of an image that is downloaded, in a file without a name.
///
/// A check reports each file in `incoming/` that no process protects with a claim on the image store. A file
/// without a name is not in that folder, so a download needs no claim, and an import does not wait for it.
///
/// Only one task at a time may use it.
final class DownloadedImage: Sendable {
  private let file: Int32

  /// - Throws: `LibraryError.full` if the disk has no room for two copies, of which one is in the image store;
  ///   another `LibraryError`.
  init(of image: PushedImage, in library: Library) throws {
    let (needed, isTooLarge) = image.bytes.multipliedReportingOverflow(by: 2)
    guard try !isTooLarge && library.images.freeDiskSpace() >= needed else {
      throw LibraryError.full(path: library.folder.incoming)
    }
    file = try library.temporaryFile()
  }

  deinit { Platform.close(file) }

  /// Adds bytes at the end.
  ///
  /// - Throws: `LibraryError`.
  func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try FileSystem.write($0, to: file, path: "incoming") }
  }

  /// Adds the bytes, which were checked, to the image store, and notes that the file is there.
  ///
  /// The image store must be claimed.
  ///
  /// - Throws: `LibraryError`.
  func keep(as image: PushedImage, in library: Library) throws {
    // Another process may download the same image.
    let incoming = try library.images.receive("remote-\(getpid())-\(image.digest.hex)")
    do {
      try incoming.restart()
      try copy(to: incoming)
      _ = try library.images.keep(incoming, format: image.format)
      try library.noteReturned([image.digest])
    } catch {
      incoming.discard()
      throw error
    }
  }

  private func copy(to incoming: IncomingFile) throws {
    guard lseek(file, 0, SEEK_SET) == 0,
      try readPieces(of: file, { try incoming.append($0) })
    else { throw FileSystem.failure("read", "incoming") }
  }
}
