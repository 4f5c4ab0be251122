import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Synchronization

/// Makes the thumbnails that are sent to a remote.
///
/// One image is decoded at a time, so that the memory of a push stays small.
final class ThumbnailMaker: Sendable {
  /// The longer side in pixels.
  static let size = 320
  /// Images with a larger file have no thumbnail on the remote.
  private static let fileLimit = 16 << 20
  /// Images with more pixels have no thumbnail on the remote, except JPEG, which is decoded at a
  /// reduced size.
  private static let limits = DecodeLimits(bytes: fileLimit, pixels: 12_000_000)
  private let folder: LibraryFolder
  private let decoding = Mutex(())

  init(_ folder: LibraryFolder) { self.folder = folder }

  /// Returns the thumbnail of an image file; nil if the file is missing, damaged or too large.
  ///
  /// Blocks its thread.
  func jpeg(of image: PushedImage) -> [UInt8]? {
    let stored = folder.thumbnail(of: image.digest, size: Self.size)
    if let jpeg = try? FileContents.read(stored, limit: ThumbnailPack.entryLimit),
      Self.isThumbnail(jpeg)
    {
      return jpeg
    }
    let path =
      folder.path + "/" + LibraryFolder.relativePath(of: image.digest, format: image.format)
    guard (0...Int64(Self.fileLimit)).contains(image.bytes) else { return nil }
    return decoding.withLock { _ in
      guard let bytes = try? FileContents.read(path, limit: Self.fileLimit),
        Digest(of: bytes) == image.digest,
        let header = try? ImageHeader.read(bytes),
        let thumbnail = try? Thumbnail.make(
          of: bytes, longSide: Self.size, ownTables: false,
          limits: header.format == .jpeg ? .standard : Self.limits),
        thumbnail.jpeg.count <= ThumbnailPack.entryLimit
      else { return nil }
      return thumbnail.jpeg
    }
  }

  /// Whether bytes from a remote are a small JPEG.
  static func isThumbnail(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= ThumbnailPack.entryLimit, let header = try? ImageHeader.read(bytes) else {
      return false
    }
    return header.format == .jpeg && max(header.width, header.height) <= 2 * size
  }
}
