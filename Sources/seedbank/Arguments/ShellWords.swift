/// Splits a line into words as a POSIX shell does, without expanding anything.
enum ShellWords {
  /// The words, or nil if a quote is not closed.
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = line[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (let character, let open?) where character == open: quote = nil
      case ("\\", let open) where open != "'":
        guard let next = rest.popFirst() else { return nil }
        word = (word ?? "") + String(next)
      case (_, nil) where character.isWhitespace:
        if let found = word { words.append(found) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    if let word { words.append(word) }
    return words
  }
}
