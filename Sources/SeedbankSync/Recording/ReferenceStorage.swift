public import FilePaths
import Platform
import SeedbankImaging
public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// Takes reference images into the image store, so that a request can be sent again with the same
/// bytes.
///
/// The store is claimed while the value exists, because files without a row would look unused. It must
/// exist until the requests are recorded.
public final class ReferenceStorage: Sendable {
  private let library: Library
  private let claim: Claim
  private static let limits = DecodeLimits.standard

  /// Claims the store; nil while another process has an exclusive claim.
  ///
  /// - Throws: `LibraryError`.
  public init?(_ library: Library) throws {
    guard let claim = try library.tryClaimStore(for: .adding) else { return nil }
    self.library = library
    self.claim = claim
  }

  /// Copies a file into the store in constant memory.
  ///
  /// The file itself stays in its place.
  ///
  /// - Parameters:
  ///   - name: A name that no other incoming file has.
  ///   - rule: The limits of the model.
  /// - Throws: `ReferenceImageError` if it is not an image, `RequestError` if the model does not take it,
  ///   `LibraryError`.
  public func take(
    _ path: FilePath, as name: String, position: Int, by rule: ReferenceRule
  ) throws -> ReferenceImage {
    let file = try ReferenceSource(path)
    try Self.check(bytes: file.size, position, by: rule)
    let incoming = try library.images.receive(name)
    do {
      try incoming.restart()
      try file.read { piece in
        try incoming.append(piece)
        try Self.check(bytes: incoming.size, position, by: rule)
      }
    } catch {
      incoming.discard()
      throw error
    }
    return try take(incoming, position, by: rule, shown: path.description)
  }

  /// Checks a file before anything is stored.
  ///
  /// - Throws: `ReferenceImageError` if it cannot be read or is not a file, `RequestError` if it is too
  ///   large.
  public static func check(_ path: FilePath, position: Int, by rule: ReferenceRule) throws {
    try check(bytes: ReferenceSource(path).size, position, by: rule)
  }

  /// No file is stored that could not be decoded, whatever the model takes.
  private static func check(
    bytes: Int64, _ position: Int, by rule: ReferenceRule
  ) throws(RequestError) {
    try rule.check(bytes: bytes, position: position)
    guard bytes <= limits.bytes else {
      throw .referenceTooLarge(position: position, bytes: bytes, allowed: Int64(limits.bytes))
    }
  }

  /// Downloads an image once.
  ///
  /// Neither a key nor cookies are sent.
  ///
  /// - Throws: `ReferenceImageError`, `RequestError`, `DownloadError`, `LibraryError`.
  package func take(
    _ link: ImageLink, by downloader: ImageDownloader, as name: String, position: Int,
    by rule: ReferenceRule
  ) async throws -> ReferenceImage {
    let incoming = try library.images.receive(name)
    do {
      let sink = FileSink(file: incoming, link: Digest(of: link.url.utf8))
      _ = try await downloader.download(link, to: sink)
    } catch {
      incoming.discard()
      throw error
    }
    return try take(incoming, position, by: rule, shown: link.description)
  }

  /// An image of the library.
  ///
  /// - Throws: `RequestError` if the model does not take it.
  public func take(
    _ image: CataloguedImage, position: Int, by rule: ReferenceRule
  ) throws(RequestError) -> ReferenceImage {
    let reference = ReferenceImage(
      position: position, digest: image.digest, format: image.format, width: image.width,
      height: image.height, bytes: image.bytes)
    try rule.check(reference)
    return reference
  }

  private func take(
    _ incoming: IncomingFile, _ position: Int, by rule: ReferenceRule, shown: String
  ) throws -> ReferenceImage {
    let received: ReceivedImage
    let size = incoming.size
    do {
      try Self.check(bytes: size, position, by: rule)
      received = try Self.decode(incoming.path, shown)
      try rule.check(width: received.width, height: received.height, position: position)
    } catch {
      incoming.discard()
      throw error
    }
    let digest = try library.images.keep(incoming, format: received.format, untilRecorded: false)
    return ReferenceImage(
      position: position, digest: digest, format: received.format, width: received.width,
      height: received.height, bytes: size)
  }

  private static func decode(
    _ path: FilePath, _ shown: String
  ) throws(ReferenceImageError) -> ReceivedImage {
    do {
      return try ReceivedImage.read(path, limits, takesDamaged: false)
    } catch {
      throw .notAnImage(shown)
    }
  }
}

/// An open file that the user named as a reference image.
///
/// Other things than files, such as devices and pipes, may have no end.
private final class ReferenceSource {
  let size: Int64
  private let path: FilePath
  private let descriptor: Int32

  /// - Throws: `ReferenceImageError`.
  init(_ path: FilePath) throws(ReferenceImageError) {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unreadable(path, code: errno) }
    guard status.isRegularFile else { throw .notAFile(path) }
    // A pipe that took the place of the file in the meantime must not block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(path, code: errno) }
    guard fstat(descriptor, &status) == 0, status.isRegularFile else {
      close(descriptor)
      throw .notAFile(path)
    }
    self.descriptor = descriptor
    size = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  /// Passes the bytes to `take` in pieces.
  func read(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard try readPieces(of: descriptor, take) else {
      throw ReferenceImageError.unreadable(path, code: errno)
    }
  }
}

/// Why a reference image cannot be used.
public enum ReferenceImageError: Error, Equatable, Sendable {
  case unreadable(FilePath, code: Int32)
  /// A folder, a device, a pipe or a socket.
  case notAFile(FilePath)
  case notAnImage(String)
}
