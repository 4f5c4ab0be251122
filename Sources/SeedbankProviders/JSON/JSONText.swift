import SeedbankModel

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
      guard text[at] == UInt8(ascii: "\\"), at + 1 < text.count else {
        bytes.append(text[at])
        at += 1
        continue
      }
      let letter = text[at + 1]
      // Other readers take an unknown escape as its letter.
      let unknown = letter == UInt8(ascii: "u") ? "\u{FFFD}" : Unicode.Scalar(letter)
      if let scalar = JSONEscapes.scalar(text, &at) ?? (letter < 0x80 ? unknown : nil) {
        bytes += Array(String(scalar).utf8)
      } else {
        bytes.append(letter)
      }
    }
    return bytes
  }
}
