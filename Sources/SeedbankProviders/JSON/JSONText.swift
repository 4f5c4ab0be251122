/// JSON strings, written and read.
enum JSONText {
  /// Appends a JSON string with the shortest escapes.
  ///
  /// Slashes and non-ASCII characters are not escaped.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes += Array(#"\b"#.utf8)
      case 0x09: bytes += Array(#"\t"#.utf8)
      case 0x0A: bytes += Array(#"\n"#.utf8)
      case 0x0C: bytes += Array(#"\f"#.utf8)
      case 0x0D: bytes += Array(#"\r"#.utf8)
      case 0..<0x20:
        bytes += Array((byte < 0x10 ? #"\u000"# : #"\u00"#).utf8)
        bytes += Array(String(byte, radix: 16).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A JSON string literal as bytes.
  static func literal(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text, to: &bytes)
    return bytes
  }

  /// The text of a string node; damaged UTF-8 and lone surrogates become U+FFFD.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, of node: JSONNode) -> String {
    guard case .string(let escaped) = node.kind else { return "" }
    let content = UnsafeBufferPointer(
      rebasing: bytes[(node.range.lowerBound + 1)..<(node.range.upperBound - 1)])
    guard escaped else { return String(decoding: content, as: UTF8.self) }
    return String(decoding: unescape(content), as: UTF8.self)
  }

  /// The bytes that an escaped string stands for.
  static func unescape(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      guard byte == UInt8(ascii: "\\"), at < text.count else {
        bytes.append(byte)
        continue
      }
      let escape = text[at]
      at += 1
      switch escape {
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "u"): bytes += String(scalar(text, &at)).utf8
      default: bytes.append(escape)
      }
    }
    return bytes
  }

  /// Reads what follows `\u`, a surrogate pair as one scalar.
  private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Unicode.Scalar
  {
    guard let first = hex(text, at) else { return "\u{FFFD}" }
    at += 4
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard UTF16.isLeadSurrogate(UInt16(first)), at + 6 <= text.count,
      text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u"),
      let second = hex(text, at + 2), UTF16.isTrailSurrogate(UInt16(second))
    else { return "\u{FFFD}" }
    at += 6
    return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private static func hex(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32? {
    guard at + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for byte in text[at..<(at + 4)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
