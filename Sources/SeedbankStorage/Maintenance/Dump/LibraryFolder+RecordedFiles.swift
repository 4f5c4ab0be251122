import FilePaths
import SeedbankModel

/// The files that the images of records refer to.
extension LibraryFolder {
  func path(of reference: ReferenceImage) -> FilePath {
    path + "/" + Self.relativePath(of: reference.digest, format: reference.format)
  }

  func path(of image: ImageRecord) -> FilePath {
    path + "/" + Self.relativePath(of: image.digest, format: image.format)
  }

  /// Returns the image with the size of its file, if the record has no size, and whether the file is here.
  func located(_ image: ImageRecord) -> (image: ImageRecord, isHere: Bool) {
    let size = FileSystem.size(path(of: image))
    var located = image
    if image.bytes == 0 { located.bytes = size ?? 0 }
    return (located, size != nil)
  }

  /// Returns the image with the size of its file, if the record has no size, and whether the file is here.
  func located(_ reference: ReferenceImage) -> (reference: ReferenceImage, isHere: Bool) {
    let size = FileSystem.size(path(of: reference))
    let located = ReferenceImage(
      position: reference.position, role: reference.role, digest: reference.digest,
      format: reference.format, width: reference.width, height: reference.height,
      bytes: reference.bytes == 0 ? size ?? 0 : reference.bytes,
      missingSince: reference.missingSince)
    return (located, size != nil)
  }
}
