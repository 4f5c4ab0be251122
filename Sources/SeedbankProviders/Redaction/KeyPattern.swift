/// One form of the key in a reply, before its characters are escaped.
struct KeyPattern: Sendable {
  /// For each position, the byte and its alternative, because base64 has two alphabets and hexadecimal
  /// digits have two cases.
  let places: [Place]
  /// Whether white space is allowed inside, such as line breaks in base64.
  let allowsSpace: Bool

  struct Place: Sendable {
    let byte: UInt8
    let other: UInt8

    func accepts(_ byte: UInt8) -> Bool { byte == self.byte || byte == other }
  }

  private init(_ bytes: some Sequence<UInt8>, allowsSpace: Bool = false, other: (UInt8) -> UInt8) {
    places = bytes.map { Place(byte: $0, other: other($0)) }
    self.allowsSpace = allowsSpace
  }

  /// The key itself, then the key inside a longer text in base64, at each of the three possible
  /// offsets.
  ///
  /// Links can be restored from these forms.
  static func restorable(_ key: [UInt8]) -> [KeyPattern] {
    [KeyPattern(key) { $0 }] + base64(key)
  }

  /// All forms that are searched for: the ones above, an escaped key in base64, hexadecimal digits, and
  /// two bytes per character.
  static func all(_ key: [UInt8]) -> [KeyPattern] {
    var patterns = restorable(key)
    for escaped in escapedForms(key) where escaped != key {
      patterns += base64(escaped)
    }
    let digits = key.flatMap { [hexDigit($0 >> 4), hexDigit($0 & 15)] }
    patterns.append(KeyPattern(digits) { $0 >= UInt8(ascii: "a") ? $0 - 0x20 : $0 })
    let wide = key.flatMap { byte -> [UInt8] in [byte, 0] }.dropLast()
    patterns.append(KeyPattern(wide) { $0 })
    return patterns
  }

  /// The characters that depend only on the key, for 0, 1 and 2 bytes of other text before it.
  private static func base64(_ key: [UInt8]) -> [KeyPattern] {
    (0..<3).map { lead in
      let bytes = [UInt8](repeating: 0, count: lead) + key
      let first = (lead * 8 + 5) / 6
      let end = bytes.count * 8 / 6
      let characters = (first..<end).map { index in
        let bit = index * 6
        let pair =
          UInt16(bytes[bit / 8]) << 8 | UInt16(bit / 8 + 1 < bytes.count ? bytes[bit / 8 + 1] : 0)
        return alphabet[Int(pair >> UInt16(10 - bit % 8)) & 63]
      }
      return KeyPattern(characters, allowsSpace: true) {
        $0 == UInt8(ascii: "+")
          ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
      }
    }
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// The key as encoders write it in JSON, with slashes escaped or not, and in queries.
  private static func escapedForms(_ key: [UInt8]) -> Set<[UInt8]> {
    let forms = [#"\"/"#, #"\""#].map { escaped in
      key.flatMap { escaped.utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    }
    return Set(forms + [percentEncoded(key)])
  }

  /// The key as encoders of form fields and queries write it.
  private static func percentEncoded(_ key: [UInt8]) -> [UInt8] {
    key.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: [byte]
      default: Array("%".utf8) + Array(String(byte, radix: 16, uppercase: true).utf8)
      }
    }
  }
}
