import SeedbankModel
import SeedbankStorage

extension GenerationRecord {
  /// The exported record: all that another library needs for the complete generation, without the paths
  /// of this computer.
  static func exported(_ generation: Generation, _ parts: ArchivedParts?) -> GenerationRecord {
    var record = GenerationRecord(
      generation, folder: LibraryFolder(path: ""), parentUID: parts?.parentUID)
    record.archive = parts?.archive
    // Unfinished requests must not be sent by a second library too.
    if generation.status != .complete { record.archive?.requestBody = nil }
    return record
  }
}

extension ImageRecord {
  static func exported(_ image: CataloguedImage, path: String?) -> ImageRecord {
    ImageRecord(
      position: image.position, digest: image.digest, path: path, width: image.width,
      height: image.height, bytes: image.bytes, format: image.format,
      perceptualHash: image.perceptualHash)
  }
}
