/// Folded tokens that must stand next to each other in one column.
package struct Phrase: Hashable, Sendable {
  package let tokens: [[UInt8]]
  /// Whether the last token may go on.
  package let isPrefix: Bool

  /// One token that stands for a value.
  package init(_ token: [UInt8]) {
    tokens = [token]
    isPrefix = false
  }

  /// The words as they stand in a column where every token has `prefix` before it.
  ///
  /// In a script without spaces the query is found within longer runs: pairs of neighbours say so
  /// already, and the run's last character alone counts only where something else must follow it. A
  /// single character is the beginning of a pair, or the last of its run.
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

  /// The places in `column` where the phrase begins.
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
