/// Character references of HTML for printable ASCII: `&#43;`, `&#x2B;`, `&plus;`.
enum CharacterReference {
  /// The longest reference, in bytes after the ampersand.
  static let limit = 18

  /// Reads what follows an ampersand; nil unless it stands for printable ASCII.
  static func read(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> (byte: UInt8, length: Int)? {
    guard text.first == UInt8(ascii: "#") else { return named(text) }
    let isHex = text.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    let digits = text.dropFirst(isHex ? 2 : 1).prefix {
      Character(Unicode.Scalar($0)).hexDigitValue.map { $0 < (isHex ? 16 : 10) } ?? false
    }
    guard let value = UInt8(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10) else {
      return nil
    }
    // Browsers also accept a number without its semicolon.
    let end = digits.endIndex
    let isClosed = end < text.endIndex && text[end] == UInt8(ascii: ";")
    return (value, end - text.startIndex + (isClosed ? 1 : 0))
  }

  private static func named(
    _ text: Slice<UnsafeBufferPointer<UInt8>>
  ) -> (byte: UInt8, length: Int)? {
    guard let end = text.firstIndex(of: UInt8(ascii: ";")), end - text.startIndex > 1 else {
      return nil
    }
    let name = String(decoding: text[..<end], as: UTF8.self)
    return names[name].map { ($0, end - text.startIndex + 1) }
  }

  /// HTML Living Standard, 13.5, for printable ASCII.
  private static let names: [String: UInt8] = {
    let table: [(Character, String)] = [
      ("!", "excl"), ("\"", "quot QUOT"), ("#", "num"), ("$", "dollar"), ("%", "percnt"),
      ("&", "amp AMP"), ("'", "apos"), ("(", "lpar"), (")", "rpar"), ("*", "ast midast"),
      ("+", "plus"), (",", "comma"), (".", "period"), ("/", "sol"), (":", "colon"), (";", "semi"),
      ("<", "lt LT"), ("=", "equals"), (">", "gt GT"), ("?", "quest"), ("@", "commat"),
      ("[", "lsqb lbrack"), ("\\", "bsol"), ("]", "rsqb rbrack"), ("^", "Hat"),
      ("_", "lowbar UnderBar"), ("`", "grave DiacriticalGrave"), ("{", "lcub lbrace"),
      ("|", "verbar vert VerticalLine"), ("}", "rcub rbrace"),
    ]
    var names: [String: UInt8] = [:]
    for (character, list) in table {
      for name in list.split(separator: " ") { names[String(name)] = character.asciiValue }
    }
    return names
  }()
}
