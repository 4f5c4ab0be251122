/// Splits a line into words as a POSIX shell does, without expanding anything.
enum ShellWords {
  /// The words, or nil if a quote is not closed.
  ///
  /// It uses scalars, as shells do: a quote with a combining mark is another `Character`.
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Unicode.Scalar?
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch (scalar, quote) {
      case ("'", nil), ("\"", nil):
        quote = scalar
        word = word ?? ""
      case (let scalar, let open?) where scalar == open: quote = nil
      case ("\\", let open) where open != "'":
        guard let next = rest.popFirst() else { return nil }
        word = (word ?? "") + String(next)
      case (_, nil) where scalar.properties.isWhitespace:
        if let found = word { words.append(found) }
        word = nil
      default: word = (word ?? "") + String(scalar)
      }
    }
    guard quote == nil else { return nil }
    if let word { words.append(word) }
    return words
  }
}
