package import FilePaths
import Platform
package import SeedbankModel

/// Thumbnails: derived files in `thumbnails/ab/`.
///
/// Their names start with digits of the image's digest, by which `check` and the trash recognize them.
extension LibraryFolder {
  /// The name of the file of colors that `seedbank serve` keeps beside the thumbnails.
  package static let placeholders = "placeholders"
  private static let received = "received-"

  /// The path of a thumbnail that was made from the image file.
  ///
  /// - Parameter size: the longer side in pixels.
  package func thumbnail(of digest: Digest, size: Int) -> FilePath {
    thumbnail(of: digest, "\(size)")
  }

  /// The path of the thumbnail that came from a remote.
  ///
  /// It exists only while the image file is not in the library, because another library made it.
  package func receivedThumbnail(of digest: Digest) -> FilePath { thumbnail(of: digest, "remote") }

  /// The file that shows an image: its own, or the thumbnail of an image that only a remote has.
  package func shownFile(of image: CataloguedImage) -> FilePath {
    image.place == .remote ? receivedThumbnail(of: image.digest) : absolutePath(of: image)
  }

  private func thumbnail(of digest: Digest, _ kind: String) -> FilePath {
    thumbnails + "/\(digest.hex.prefix(2))/\(digest.hex.prefix(24))-\(kind).jpg"
  }

  /// The file that says which thumbnails were received from a remote.
  package func receivedThumbnails(from remoteID: String) -> FilePath {
    thumbnails + "/\(Self.received)\(remoteID)"
  }

  /// Whether a file in the folder of thumbnails is not a thumbnail, and belongs there.
  static func isBesideThumbnails(_ name: String) -> Bool {
    name == placeholders || name.hasPrefix(received)
  }

  /// Writes a thumbnail; returns false if it cannot be written.
  @discardableResult
  package func keepThumbnail(_ jpeg: [UInt8], at path: FilePath) -> Bool {
    if mkdir(path.folder, 0o755) != 0, errno == ENOENT {
      _ = mkdir(thumbnails, 0o755)
      _ = mkdir(path.folder, 0o755)
    }
    return DerivedFile.replace(path, with: jpeg)
  }
}
