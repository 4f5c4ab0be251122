import SeedbankModel
import SeedbankStorage

/// The record that goes into an exported file: everything that another library needs to know the
/// image again, and nothing that is true only in this one.
enum CanonicalRecord {
  /// On one line. The image's digest is that of the library's file, before metadata was put in.
  ///
  /// - Parameter record: its generation's, as `GenerationRecord.exported` makes it.
  static func json(_ record: GenerationRecord, _ image: CataloguedImage) -> [UInt8] {
    var record = record
    record.id = nil
    record.parent = nil
    record.images = [.exported(image, path: nil)]
    var writer = JSONWriter()
    record.write(to: &writer)
    return writer.bytes
  }
}
