public import FilePaths
import Glibc
import SeedbankImaging
public import SeedbankModel
package import SeedbankProviders
public import SeedbankStorage

/// Takes reference images into the image store, so that a request can be sent again with the same
/// bytes.
///
/// The store is claimed while the value exists, because files without a row would look unused. It must
/// exist until the requests are recorded.
public final class ReferenceStorage: Sendable {
  private let library: Library
  private let claim: Claim
  private let limits: DecodeLimits

  /// Claims the store; nil while another process has an exclusive claim.
  ///
  /// - Throws: `LibraryError`.
  public init?(_ library: Library) throws {
    guard let claim = try library.tryClaimStore(for: .adding) else { return nil }
    self.library = library
    self.claim = claim
    limits = .standard
  }

  /// Copies a file into the store in constant memory.
  ///
  /// The file itself stays in its place.
  ///
  /// - Parameter name: A name that no other incoming file has.
  /// - Throws: `ReferenceImageError` if it is not an image, `LibraryError`.
  public func take(
    _ path: FilePath, as name: String, position: Int
  ) throws -> ReferenceImage {
    let incoming = try library.images.receive(name)
    do {
      try Self.copy(path, to: incoming)
    } catch {
      incoming.discard()
      throw error
    }
    return try take(incoming, position, shown: path.description)
  }

  /// Downloads an image once.
  ///
  /// Neither a key nor cookies are sent.
  ///
  /// - Throws: `ReferenceImageError`, `DownloadError`, `LibraryError`.
  package func take(
    _ link: ImageLink, by downloader: ImageDownloader, as name: String, position: Int
  ) async throws -> ReferenceImage {
    let incoming = try library.images.receive(name)
    do {
      let sink = FileSink(file: incoming, link: Digest(of: link.url.utf8))
      _ = try await downloader.download(link, to: sink)
    } catch {
      incoming.discard()
      throw error
    }
    return try take(incoming, position, shown: link.description)
  }

  /// An image of the library.
  public func take(_ image: CataloguedImage, position: Int) -> ReferenceImage {
    ReferenceImage(
      position: position, digest: image.digest, format: image.format, width: image.width,
      height: image.height, bytes: image.bytes)
  }

  private func take(
    _ incoming: IncomingFile, _ position: Int, shown: String
  ) throws -> ReferenceImage {
    let received: ReceivedImage
    do {
      received = try ReceivedImage.read(incoming.path, limits, takesDamaged: false)
    } catch {
      incoming.discard()
      throw ReferenceImageError.notAnImage(shown)
    }
    let size = incoming.size
    let digest = try library.images.keep(incoming, format: received.format, untilRecorded: false)
    return ReferenceImage(
      position: position, digest: digest, format: received.format, width: received.width,
      height: received.height, bytes: size)
  }

  private static func copy(_ path: FilePath, to incoming: IncomingFile) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ReferenceImageError.unreadable(path, code: errno) }
    defer { close(descriptor) }
    try incoming.restart()
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count == 0 { return }
        if count < 0 {
          if errno == EINTR { continue }
          throw ReferenceImageError.unreadable(path, code: errno)
        }
        try incoming.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }
}

/// Why a reference image cannot be used.
public enum ReferenceImageError: Error, Equatable, Sendable {
  case unreadable(FilePath, code: Int32)
  case notAnImage(String)
}
