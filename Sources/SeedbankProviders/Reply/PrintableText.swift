/// Cleans foreign text before it is shown.
enum PrintableText {
  /// Returns one line without control characters, escapes and signatures, of at most `limit` characters;
  /// nil if nothing is left.
  static func clean(_ text: String, limit: Int) -> String? {
    // Text far beyond the limit is not read.
    let visible = withoutControls(text.unicodeScalars.prefix(limit * 8))
    let words = visible.split(separator: " ").map { unsigned(String($0)) }
    let line = words.joined(separator: " ")
    if line.isEmpty { return nil }
    return line.count > limit ? String(line.prefix(limit - 1)) + "…" : line
  }

  /// Terminal escape sequences are removed; other control characters become spaces.
  private static func withoutControls(_ scalars: some Collection<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    var rest = scalars[...]
    while let scalar = rest.popFirst() {
      switch scalar.value {
      case 0x1B: skipSequence(&rest)
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: result.append(" ")
      // Marks that reorder or hide what follows them.
      case 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
        0xE0000...0xE007F:
        continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// After an escape: `[` to its final letter, `]`, `P`, `X`, `^`, `_` to their terminator, else one
  /// character.
  private static func skipSequence<Scalars: Collection<Unicode.Scalar>>(_ rest: inout Scalars)
  where Scalars.SubSequence == Scalars {
    guard let kind = rest.popFirst() else { return }
    switch kind {
    case "[":
      while let scalar = rest.popFirst() {
        if (0x40...0x7E).contains(scalar.value) { return }
      }
    case "]", "P", "X", "^", "_":
      while let scalar = rest.popFirst() {
        if scalar.value == 0x07 || scalar.value == 0x9C { return }
        if scalar.value == 0x1B {
          _ = rest.popFirst()
          return
        }
      }
    default: return
    }
  }

  /// A word without the query of a link in it, because the query contains signatures and tokens.
  ///
  /// User names and passwords before a host are removed too.
  static func unsigned(_ word: String) -> String {
    // By scalars: a question mark with a combining mark is another Character, but begins a query.
    let scalars = word.unicodeScalars
    guard let authority = authorityStart(in: scalars) else { return word }
    var result = word
    let ends = "/?#\"'<>".unicodeScalars
    let authorityEnd = scalars[authority...].firstIndex { ends.contains($0) } ?? scalars.endIndex
    if let query = scalars[authority...].firstIndex(where: { $0 == "?" || $0 == "#" }) {
      result = String(scalars[..<query]) + "?…"
    }
    if let at = scalars[authority..<authorityEnd].lastIndex(of: "@") {
      let rest = result.unicodeScalars[scalars.index(after: at)...]
      result = String(scalars[..<authority]) + String(rest)
    }
    return result
  }

  /// The position after the first `://`.
  private static func authorityStart(in scalars: String.UnicodeScalarView) -> String.Index? {
    let mark = "://".unicodeScalars
    var from = scalars.startIndex
    while let start = scalars[from...].firstIndex(of: ":") {
      if scalars[start...].starts(with: mark) {
        return scalars.index(start, offsetBy: mark.count)
      }
      from = scalars.index(after: start)
    }
    return nil
  }
}
