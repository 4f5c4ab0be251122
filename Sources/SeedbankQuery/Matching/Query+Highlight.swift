extension Query {
  /// A text in which a query's words are searched.
  public enum HighlightedText: Sendable {
    case prompt, note, tag
  }

  /// Returns the ranges in `text` of the words that the query searches there, in order and without
  /// overlap.
  ///
  /// Words that the query excludes are not included.
  public func highlights(
    in text: String, as kind: HighlightedText = .prompt
  ) -> [Range<String.Index>] {
    var phrases: [Phrase] = []
    node.collectPhrases(kind, &phrases)
    guard !phrases.isEmpty else { return [] }
    var folding = TextFolding(keepsTokens: true)
    folding.append(text)
    let column = folding.tokens.map { folding.bytes[$0.folded] }
    var found: [Range<Int>] = []
    for phrase in phrases {
      for start in phrase.occurrences(in: column) {
        let first = folding.tokens[start]
        let last = folding.tokens[start + phrase.tokens.count - 1]
        found.append(first.source.lowerBound..<Self.end(of: last, phrase))
      }
    }
    return Self.merged(found).compactMap { range in
      Self.range(range, in: text)
    }
  }

  /// A single character of a script without spaces matches the start of a pair.
  ///
  /// Only this character was searched.
  private static func end(of token: TextFolding.Token, _ phrase: Phrase) -> Int {
    token.origin == .pair && phrase.isPrefix ? token.headEnd : token.source.upperBound
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  private static func range(_ bytes: Range<Int>, in text: String) -> Range<String.Index>? {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: bytes.lowerBound)
    let end = utf8.index(utf8.startIndex, offsetBy: bytes.upperBound)
    return start..<end
  }
}

extension Query.Node {
  fileprivate func collectPhrases(_ kind: Query.HighlightedText, _ phrases: inout [Phrase]) {
    switch self {
    case .everything, .nothing, .condition, .not: break
    case .words(let words, let field):
      let isHere =
        switch field {
        case .anywhere: true
        case .prompt: kind == .prompt
        case .note: kind == .note
        case .negative, .settings: false
        }
      if isHere { phrases.append(Phrase(words)) }
    case .all(let operands), .any(let operands):
      for operand in operands { operand.collectPhrases(kind, &phrases) }
    }
  }
}
