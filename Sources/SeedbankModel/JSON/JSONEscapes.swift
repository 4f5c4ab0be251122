/// Decodes the escapes of a JSON string (RFC 8259, section 7).
package enum JSONEscapes {
  /// - Parameter offset: the end of the string, for the error.
  static func decode(
    _ content: UnsafeBufferPointer<UInt8>, at offset: Int
  ) throws(RecordError) -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(content.count)
    var index = 0
    while index < content.count {
      guard content[index] == UInt8(ascii: "\\") else {
        decoded.append(content[index])
        index += 1
        continue
      }
      guard index + 1 < content.count, let scalar = scalar(content, &index) else {
        throw .syntax(offset: offset, needed: "a known escape in a string")
      }
      decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    guard let text = String(validating: decoded, as: UTF8.self) else {
      throw .syntax(offset: offset, needed: "UTF-8")
    }
    return text
  }

  /// Returns the character of the escape at `index`, and moves behind it.
  ///
  /// A surrogate without its other half becomes U+FFFD. Returns nil if JSON does not have this
  /// escape; `index` is then behind its letter.
  package static func scalar(
    _ content: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Unicode.Scalar? {
    let letter = content[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return unicode(content, &index)
    default: return nil
    }
  }

  private static func unicode(
    _ content: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Unicode.Scalar? {
    guard let first = unit(content, &index) else { return nil }
    guard (0xD800..<0xDC00).contains(first) else {
      // A low surrogate alone has no meaning, but other programs write it.
      return Unicode.Scalar(first) ?? "\u{FFFD}"
    }
    var next = index + 2
    guard index + 1 < content.count, content[index] == UInt8(ascii: "\\"),
      content[index + 1] == UInt8(ascii: "u"), let second = unit(content, &next),
      (0xDC00..<0xE000).contains(second)
    else { return "\u{FFFD}" }
    index = next
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private static func unit(_ content: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32? {
    guard index + 4 <= content.count else { return nil }
    let digits = String(decoding: content[index..<index + 4], as: UTF8.self)
    guard let bytes = Hex.bytes(digits) else { return nil }
    index += 4
    return UInt32(bytes[0]) << 8 | UInt32(bytes[1])
  }
}

extension JSONEscapes {
  /// The text of a string node; damaged UTF-8 and lone surrogates become U+FFFD.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>, of node: JSONNode) -> String {
    guard case .string(let escaped) = node.kind else { return "" }
    let content = UnsafeBufferPointer(
      rebasing: bytes[(node.range.lowerBound + 1)..<(node.range.upperBound - 1)])
    guard escaped else { return String(decoding: content, as: UTF8.self) }
    return String(decoding: undo(content), as: UTF8.self)
  }

  /// The bytes that an escaped string stands for.
  package static func undo(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
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
