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

  /// - Throws: `LibraryError`.
  init(in library: Library) throws { file = try library.temporaryFile() }

  deinit { Platform.close(file) }

  /// Adds bytes at the end.
  ///
  /// - Throws: `LibraryError`.
  func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try FileSystem.write($0, to: file, path: "incoming") }
  }

  /// Adds the bytes, which were checked, to the image store, and notes that the file is there.
  ///
  /// Blocks its thread while an import or a check uses the store.
  ///
  /// - Throws: `LibraryError`.
  func keep(as image: PushedImage, in library: Library) throws {
    let claim = try library.claimStore(for: .adding)
    defer { withExtendedLifetime(claim) {} }
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
