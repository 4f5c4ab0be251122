import Storage

/// The record that goes into an exported file: everything that another library needs to know the
/// image again, and nothing that is true only in this one.
enum CanonicalRecord {
  /// On one line. The image's digest is that of the library's file, before metadata was put in.
  static func json(
    _ generation: Generation, _ image: CataloguedImage, parentUID: UID?
  ) -> [UInt8] {
    var record = GenerationRecord.exported(generation, parentUID: parentUID)
    record.id = nil
    record.parent = nil
    record.images = [.exported(image, path: nil)]
    var writer = JSONWriter()
    record.write(to: &writer)
    return writer.bytes
  }
}
