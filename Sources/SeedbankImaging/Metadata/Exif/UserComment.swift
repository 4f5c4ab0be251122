/// The value of Exif's UserComment: eight bytes that name an encoding, then the text (Exif 2.32,
/// 4.6.5, tag 0x9286).
enum UserComment {
  static let unicode: [UInt8] = Array("UNICODE\0".utf8)

  /// Encodes a text in the form of AUTOMATIC1111: always UTF-16 big-endian, for any byte order of
  /// the block.
  static func encode(_ text: String) -> [UInt8] {
    var bytes = unicode
    bytes.reserveCapacity(8 + text.utf16.count * 2)
    for unit in text.utf16 {
      bytes.append(UInt8(unit >> 8))
      bytes.append(UInt8(truncatingIfNeeded: unit))
    }
    return bytes
  }

  /// Nil without a text.
  static func decode(_ value: ArraySlice<UInt8>, bigEndianBlock: Bool) -> String? {
    let body = value.dropFirst(8)
    let text: String
    switch value.prefix(8).map(uppercased) {
    case unicode:
      text =
        mislabelled(body) ?? UTF16Text.decode(body, otherwiseBigEndian: bigEndianBlock)
    case Array("ASCII\0\0\0".utf8), Array("JIS\0\0\0\0\0".utf8), [UInt8](repeating: 0, count: 8):
      text = ForeignText.decodeUnlabelled(body)
    default:
      // Written without the prefix.
      text = ForeignText.decodeUnlabelled(value)
    }
    return text.isEmpty ? nil : text
  }

  private static func uppercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 0x20 : byte
  }

  /// UTF-8 after the prefix for UTF-16, as some programs write it; nil if it is not valid.
  private static func mislabelled(_ body: ArraySlice<UInt8>) -> String? {
    let text = ForeignText.withoutTrailingZeros(body)
    // UTF-16 of Latin letters contains zeros, and of other scripts hardly any ASCII.
    guard !text.isEmpty, !text.contains(0),
      text.count(where: { (0x20..<0x7F).contains($0) }) * 4 > text.count * 3
    else { return nil }
    return String(validating: text, as: UTF8.self)
  }
}
