@testable import SeedbankModel
@testable import SeedbankStorage

extension Library {
  /// Returns the lines of a dump that an exchange makes equal, in an order that does not depend on
  /// the library.
  ///
  /// Ids, the history, and the places of image files are left out.
  func exchanged() throws -> [String] {
    var bytes: [UInt8] = []
    try dump { bytes += $0 }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self) }
    return lines.compactMap { line -> String? in
      guard !line.hasPrefix(#"{"change""#), !line.hasPrefix(#"{"item_of""#) else { return nil }
      guard var record = try? GenerationRecord(json: line).withoutPaths else { return line }
      record.id = nil
      record.parent = nil
      for index in record.images.indices { record.images[index].isMissing = false }
      return record.json
    }.sorted()
  }
}
