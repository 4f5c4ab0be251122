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

  /// Opens the thumbnail if it exists.
  func open(_ digest: Digest, size: Int) -> OpenFile? {
    guard let file = OpenFile(folder.thumbnail(of: digest, size: size)), file.size > 0 else {
      return nil
    }
    return file
  }

  /// Opens the thumbnail that came from a remote, if it exists.
  func openReceived(_ digest: Digest) -> OpenFile? {
    OpenFile(folder.receivedThumbnail(of: digest))
  }

  /// Makes and stores the thumbnail of an image file.
  ///
  /// - Parameter generations: the generations with this image as their first one.
  /// - Throws: `APIError.imageMissing`, `.imageDamaged` or `.undecodable`.
  func make(
    _ digest: Digest, size: Int, of image: CataloguedImage, _ generations: [GenerationID]
  ) throws(APIError) -> [UInt8] {
    guard let file = OpenFile(folder.absolutePath(of: image)) else { throw .imageMissing }
    let bytes = try file.image(digest)
    let thumbnail: Thumbnail
    do { thumbnail = try Thumbnail.make(of: bytes, longSide: size) } catch { throw .undecodable }
    folder.keepThumbnail(thumbnail.jpeg, at: folder.thumbnail(of: digest, size: size))
    if let color = MeanColor(ofJPEG: thumbnail.jpeg) {
      colors.set(color, of: digest, for: generations)
    }
    return thumbnail.jpeg
  }
}
