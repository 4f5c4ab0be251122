/// Escapes and reads text between XML tags.
enum XMLText {
  /// Escapes all characters with a meaning in XML, and carriage returns (parsers replace plain ones
  /// by line feeds).
  ///
  /// Characters that XML 1.0 does not allow become U+FFFD.
  static func escape(_ text: String) -> String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count + text.utf8.count / 4)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: ">"): escaped += "&gt;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      case UInt8(ascii: "\r"): escaped += "&#13;".utf8
      case UInt8(ascii: "\t"), UInt8(ascii: "\n"): escaped.append(byte)
      case 0..<0x20: escaped += "\u{FFFD}".utf8
      // The last byte of U+FFFE and U+FFFF. U+FFFD differs in this byte only.
      case 0xBE...0xBF where escaped.suffix(2).elementsEqual([0xEF, 0xBF]): escaped.append(0xBD)
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// JSON with the characters that XML does not allow written as `\uXXXX`.
  ///
  /// They occur only inside strings, so it is the same JSON.
  static func xmlSafe(json: String) -> String {
    guard !json.unicodeScalars.allSatisfy(isAllowed) else { return json }
    var safe = ""
    for scalar in json.unicodeScalars {
      if isAllowed(scalar) {
        safe.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16)
        safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return safe
  }

  /// XML 1.0, production 2.
  ///
  /// Swift scalars are never surrogates, and all scalars above U+FFFF are allowed, so the others
  /// have at most four digits.
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  /// Resolves character references and the five entities of XML.
  ///
  /// Others are not changed.
  static func unescape(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var rest = bytes
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      text += rest[..<start]
      // The longest reference is `&#x10FFFF;`.
      let window = rest[start...].prefix(12)
      if let end = window.firstIndex(of: UInt8(ascii: ";")),
        let scalar = reference(String(decoding: rest[start + 1..<end], as: UTF8.self))
      {
        text += Array(String(Character(scalar)).utf8)
        rest = rest[(end + 1)...]
      } else {
        text.append(UInt8(ascii: "&"))
        rest = rest[(start + 1)...]
      }
    }
    text += rest
    return String(decoding: text, as: UTF8.self)
  }

  private static func reference(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let value =
      digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return value.flatMap(Unicode.Scalar.init)
  }
}
