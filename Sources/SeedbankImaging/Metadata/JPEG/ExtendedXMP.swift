/// An XMP packet in JPEG segments: one for the packet, and more for the part that does not fit (XMP
/// specification part 3, 1.1.3.1).
enum ExtendedXMP {
  /// The packet's largest size in its segment, by the standard's table.
  static let packetLimit = 65_502
  /// A part's largest size: 65,533 less signature, name, length and offset.
  private static let partLimit = 65_400
  private static let nameLength = 32

  /// The name under which a packet refers to its extended part.
  static func name(in packet: String) -> String? {
    XMPProperty.all(in: packet).first {
      $0.namespace == XMPNamespace.note && $0.name == "HasExtendedXMP"
    }?.values.first
  }

  /// The assembled extended part of that name; nil if it is incomplete.
  static func read(
    _ name: String, _ segments: [JPEGSegment], in bytes: UnsafeRawBufferPointer
  ) -> String? {
    var parts: [(offset: Int, range: Range<Int>)] = []
    var length: Int?
    for segment in segments where isPart(segment, of: name, in: bytes) {
      let start = segment.payload.lowerBound + JPEGSegment.extendedXMPSignature.count + nameLength
      guard let total = bytes.bigEndian(at: start, bytes: 4),
        let offset = bytes.bigEndian(at: start + 4, bytes: 4),
        start + 8 <= segment.payload.upperBound, length == nil || length == total
      else { return nil }
      length = total
      parts.append((offset, start + 8..<segment.payload.upperBound))
    }
    var text: [UInt8] = []
    for part in parts.sorted(by: { $0.offset < $1.offset }) {
      guard part.offset == text.count else { return nil }
      text += bytes[part.range]
    }
    guard text.count == length else { return nil }
    return String(validating: text, as: UTF8.self)
  }

  static func isPart(
    _ segment: JPEGSegment, of name: String, in bytes: UnsafeRawBufferPointer
  ) -> Bool {
    segment.isExtendedXMP(in: bytes) && name.utf8.count == nameLength
      && bytes.matches(
        ascii: name, at: segment.payload.lowerBound + JPEGSegment.extendedXMPSignature.count)
  }

  /// The segments that hold an extended part.
  static func segments(_ name: String, _ text: [UInt8]) -> [UInt8] {
    stride(from: 0, to: text.count, by: partLimit).flatMap { start in
      JPEGMetadata.segment(
        0xE1,
        JPEGSegment.extendedXMPSignature + Array(name.utf8) + text.count.bigEndianBytes(4)
          + start.bigEndianBytes(4) + text[start..<min(start + partLimit, text.count)])
    }
  }
}
