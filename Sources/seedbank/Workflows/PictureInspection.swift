import FilePaths
import SeedbankImaging
import SeedbankStorage

/// The decoder's result for an image file of the library.
enum PictureInspection {
  @Sendable static func inspect(_ path: FilePath) -> ImageInspection {
    do {
      let picture = try Picture.decode(contentsOf: path)
      return .sound(
        format: picture.header.format.rawValue, width: picture.header.uprightWidth,
        height: picture.header.uprightHeight, perceptualHash: picture.perceptualHash.rawValue)
    } catch {
      return .undecodable(reason: Failure(error).sentence)
    }
  }
}
