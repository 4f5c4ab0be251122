/// Text that must not become markup.
enum Markup {
  /// Scalar by scalar, as browsers read.
  ///
  /// `<` with a combining mark is one Swift character, but starts a tag.
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

  /// JSON for a script element.
  ///
  /// It has no `<`, so no tag or comment can start in it, and no U+2028 or U+2029, which end a
  /// line.
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
