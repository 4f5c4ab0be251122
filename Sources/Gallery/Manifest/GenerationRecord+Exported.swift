import Storage

extension GenerationRecord {
  /// The record without anything that is only true on this machine.
  static func exported(_ generation: Generation, parentUID: UID?) -> GenerationRecord {
    GenerationRecord(generation, folder: LibraryFolder(path: ""), parentUID: parentUID)
  }
}

extension ImageRecord {
  static func exported(_ image: CataloguedImage, path: String?) -> ImageRecord {
    ImageRecord(
      position: image.position, digest: image.digest, path: path, width: image.width,
      height: image.height, bytes: image.bytes, format: image.format)
  }
}
