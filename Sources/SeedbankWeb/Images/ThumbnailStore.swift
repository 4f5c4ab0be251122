import FilePaths
import FoundationEssentials
import Platform
import SeedbankImaging
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// Thumbnails in the library's folder of derived data.
struct ThumbnailStore: Sendable {
  let folder: LibraryFolder
  private let colors: PlaceholderColors

  /// The allowed lengths of the longer side, in pixels.
  ///
  /// There are only a few, so that a client cannot fill the disk.
  static let sizes = [160, 320, 640, 1280]

  init(_ folder: LibraryFolder, _ colors: PlaceholderColors) {
    self.folder = folder
    self.colors = colors
  }

  /// The file name starts with digits of the digest, by which `check` and the trash recognize it.
  private func path(_ digest: Digest, _ size: Int) -> FilePath {
    shard(digest) + "/\(digest.hex.prefix(24))-\(size).jpg"
  }

  private func shard(_ digest: Digest) -> FilePath {
    folder.thumbnails + "/" + digest.hex.prefix(2)
  }

  /// Opens the thumbnail if it exists.
  func open(_ digest: Digest, size: Int) -> OpenFile? {
    guard let file = OpenFile(path(digest, size)), file.size > 0 else { return nil }
    return file
  }

  /// Makes and stores the thumbnail of an image file.
  ///
  /// - Parameter generations: the generations with this image as their first one.
  /// - Throws: `APIError.imageMissing` or `.undecodable`.
  func make(
    _ digest: Digest, size: Int, of image: CataloguedImage, _ generations: [GenerationID]
  ) throws(APIError) -> [UInt8] {
    guard let file = OpenFile(folder.absolutePath(of: image)) else { throw .imageMissing }
    let bytes = file.read(at: 0, count: Int(min(file.size, Int64(DecodeLimits.standard.bytes) + 1)))
    let thumbnail: Thumbnail
    do { thumbnail = try Thumbnail.make(of: bytes, longSide: size) } catch { throw .undecodable }
    if mkdir(shard(digest), 0o755) != 0, errno == ENOENT {
      _ = mkdir(folder.thumbnails, 0o755)
      _ = mkdir(shard(digest), 0o755)
    }
    DerivedFile.replace(path(digest, size), with: thumbnail.jpeg)
    if let color = MeanColor(ofJPEG: thumbnail.jpeg) {
      colors.set(color, of: digest, for: generations)
    }
    return thumbnail.jpeg
  }
}
