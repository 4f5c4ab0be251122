/// Text that must stay text where markup is read.
enum Markup {
  /// Scalar by scalar, as browsers read: `<` with a combining mark is one character of Swift's, but
  /// begins a tag all the same.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  /// JSON that can stand inside a script element: with no `<` no tag or comment ever begins in it,
  /// and U+2028 and U+2029 end no line.
  static func scriptSafe(_ json: [UInt8]) -> [UInt8] {
    var safe: [UInt8] = []
    safe.reserveCapacity(json.count + 16)
    var index = 0
    while index < json.count {
      if json[index] == UInt8(ascii: "<") {
        safe.append(contentsOf: #"\u003c"#.utf8)
      } else if json[index] == 0xE2, index + 2 < json.count, json[index + 1] == 0x80,
        json[index + 2] & 0xFE == 0xA8
      {
        safe.append(contentsOf: (json[index + 2] == 0xA8 ? #"\u2028"# : #"\u2029"#).utf8)
        index += 2
      } else {
        safe.append(json[index])
      }
      index += 1
    }
    return safe
  }
}
