import SeedbankModel
import SeedbankStorage

/// The record in an exported file: all that another library needs to recognize the image, without values
/// of this library only.
enum CanonicalRecord {
  /// In one line.
  ///
  /// The digest is that of the library's file, before metadata was written into it.
  ///
  /// - Parameter record: the record of its generation from `GenerationRecord.exported`.
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
