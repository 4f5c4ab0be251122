/// Folded tokens that must be adjacent in one column.
package struct Phrase: Hashable, Sendable {
  package let tokens: [[UInt8]]
  /// Whether the last token is a prefix.
  package let isPrefix: Bool

  /// One token of a value.
  package init(_ token: [UInt8]) {
    tokens = [token]
    isPrefix = false
  }

  /// The words in a column in which every token has the prefix `prefix`.
  ///
  /// In a script without spaces, the query matches within longer runs. Pairs of adjacent characters are
  /// sufficient for this, and the last character of the run is used only if something must follow it. A
  /// single character is the start of a pair, or the last of its run.
  package init(_ words: Words, prefix: UInt32? = nil) {
    var folding = TextFolding(prefix: prefix, keepsTokens: true)
    folding.append(words.text)
    var found = folding.tokens
    var isPrefix = words.isPrefix
    if found.last?.origin == .last {
      if found.dropLast().last?.origin == .pair {
        found.removeLast()
        isPrefix = false
      } else {
        isPrefix = true
      }
    }
    tokens = found.map { Array(folding.bytes[$0.folded]) }
    self.isPrefix = isPrefix
  }

  /// Whether the phrase is in `column`.
  package func occurs(in column: [ArraySlice<UInt8>]) -> Bool { !occurrences(in: column).isEmpty }

  /// The positions in `column` at which the phrase starts.
  func occurrences(in column: [ArraySlice<UInt8>]) -> [Int] {
    guard !tokens.isEmpty, column.count >= tokens.count else { return [] }
    return (0...column.count - tokens.count).filter { start in
      tokens.indices.allSatisfy { index in
        let token = column[start + index]
        return isPrefix && index == tokens.count - 1
          ? token.starts(with: tokens[index]) : token.elementsEqual(tokens[index])
      }
    }
  }
}
