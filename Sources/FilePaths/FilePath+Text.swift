extension FilePath {
  /// The path as text, or nil if it is not UTF-8.
  public var utf8: String? { String(validating: bytes, as: UTF8.self) }

  /// The path for JSON: exact if it is UTF-8, else as `description` shows it.
  public var text: String { utf8 ?? description }

  /// The bytes if they are not UTF-8, so that JSON can contain them in addition to `text`.
  public var bytesUnlessText: [UInt8]? { utf8 == nil ? bytes : nil }
}

extension FilePath: CustomStringConvertible {
  /// The path as it can be shown anywhere: on one line, without controls, and different for different
  /// paths.
  ///
  /// A plain path is shown as it is. Any other is shown as `$'…'`, which Bash and Zsh read back to the
  /// same bytes: `\xE9` is a byte that is not UTF-8, `\n` and `\u202E` are controls, and combining
  /// accents are written as `\u0301`, so that é of one scalar and é of two look different.
  public var description: String {
    var shown = ""
    var isPlain = !hasPrefix("$'")
    var decoder = UTF8Pieces(bytes)
    while let piece = decoder.next() {
      switch piece {
      case .scalar(let scalar):
        if let escape = Self.escape(scalar) {
          isPlain = false
          shown += escape
        } else {
          shown.unicodeScalars.append(scalar)
        }
      case .byte(let byte):
        isPlain = false
        shown += "\\x" + Self.hexadecimal(UInt32(byte), width: 2)
      }
    }
    if isPlain { return shown }
    // By scalars: an apostrophe with an emoji modifier is one Character that differs from "'".
    let parts = shown.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
    return "$'" + parts.map { String($0) }.joined(separator: "\\'") + "'"
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: isHidden(scalar) ? code(scalar) : nil
    }
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    scalar.value > 0xFFFF
      ? "\\U" + hexadecimal(scalar.value, width: 8) : "\\u" + hexadecimal(scalar.value, width: 4)
  }

  /// Whether a scalar moves the cursor, turns the order of text, or is not seen by itself.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: return false
    case 0x300...0x36F: return true
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      true
    case .spaceSeparator: true
    default: false
    }
  }

  private static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
