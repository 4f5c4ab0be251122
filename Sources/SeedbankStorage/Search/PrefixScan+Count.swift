import SeedbankQuery

extension PrefixScan {
  /// Returns whether the index shows quickly that more than `cap` generations match.
  ///
  /// The prefixes are replaced with whole words that begin with them, taken from the first matches. Every match of
  /// these words is a match of the prefixes. The index has one list for each word, and only its first entries are read.
  ///
  /// - Returns: false if it is not known: the words have too few matches, or the prefix is one that `NOT` excludes.
  func exceeds(_ cap: Int) throws -> Bool {
    let texts = try matches(inFirst: Self.sample)
    guard let narrower = expression.narrowed({ Self.words($0, $1, in: texts) }) else {
      return false
    }
    var plan = plan
    plan.index = narrower
    return try plan.countInIndex(cap: cap, in: database) > cap
  }

  private static let sample = 128
  private static let mostWords = 8

  /// The most frequent words in a column of texts that begin with a prefix.
  private static func words(
    _ prefix: [UInt8], _ column: IndexExpression.Column?, in texts: [IndexedText]
  ) -> [[UInt8]] {
    var counts: [[UInt8]: Int] = [:]
    for text in texts {
      let columns =
        switch column {
        case .prompt: [text.prompt]
        case .note: [text.note]
        case nil: text.columns
        }
      for column in columns {
        for word in column.split(separator: UInt8(ascii: " ")) where word.starts(with: prefix) {
          counts[Array(word), default: 0] += 1
        }
      }
    }
    let sorted = counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }
    return sorted.prefix(mostWords).map(\.key)
  }
}

extension IndexExpression {
  /// The expression with each prefix replaced by the words that `words` returns for it.
  ///
  /// - Returns: nil if a prefix has no words, is the end of a longer phrase, or is excluded by `NOT`.
  fileprivate func narrowed(_ words: ([UInt8], Column?) -> [[UInt8]]) -> Self? {
    switch self {
    case .everything, .nothing: return self
    case .phrase(let phrase, let column):
      guard phrase.isPrefix else { return self }
      guard phrase.tokens.count == 1 else { return nil }
      let found = words(phrase.tokens[0], column)
      return found.isEmpty ? nil : Self.any(found.map { .phrase(Phrase($0), column) })
    case .not(let operand): return operand.phrases.contains(where: \.isPrefix) ? nil : self
    case .all(let operands): return Self.narrowed(operands, words).map(Self.all)
    case .any(let operands): return Self.narrowed(operands, words).map(Self.any)
    }
  }

  private static func narrowed(
    _ operands: [Self], _ words: ([UInt8], Column?) -> [[UInt8]]
  ) -> [Self]? {
    let found = operands.compactMap { $0.narrowed(words) }
    return found.count == operands.count ? found : nil
  }
}
