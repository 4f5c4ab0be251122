import SeedbankQuery

/// An expression that the full-text index can answer alone.
indirect enum IndexExpression: Hashable, Sendable {
  /// A column of the index in which words are searched.
  enum Column: String, Sendable {
    case prompt, note
  }

  case everything
  case nothing
  /// A phrase in one column, or in any column if the column is nil.
  ///
  /// Facets need no column, because texts cannot contain their tokens.
  case phrase(Phrase, Column?)
  case all([IndexExpression])
  case any([IndexExpression])
  case not(IndexExpression)

  static func token(_ token: [UInt8]) -> Self { .phrase(Phrase(token), nil) }

  /// The equivalent expression without constants as operands and without lists of fewer than two
  /// operands.
  var simplified: Self {
    switch self {
    case .everything, .nothing, .phrase: return self
    case .not(let operand):
      switch operand.simplified {
      case .everything: return .nothing
      case .nothing: return .everything
      case .not(let inner): return inner
      case let other: return .not(other)
      }
    case .all(let operands):
      let kept = operands.map(\.simplified).filter { $0 != .everything }
      if kept.contains(.nothing) { return .nothing }
      return kept.count < 2 ? kept.first ?? .everything : .all(kept)
    case .any(let operands):
      let kept = operands.map(\.simplified).filter { $0 != .nothing }
      if kept.contains(.everything) { return .everything }
      return kept.count < 2 ? kept.first ?? .nothing : .any(kept)
    }
  }

  /// The expression in the query syntax of FTS5.
  ///
  /// It contains only folded tokens, each in quotation marks. A token cannot contain a quotation
  /// mark, so typed text never reaches the index as syntax.
  var match: String { simplified.text }

  private var text: String {
    switch self {
    case .everything: return Self.quoted([FacetToken.token(.everything)])
    case .nothing: return Self.quoted([FacetToken.token(.nothing)])
    case .phrase(let phrase, let column):
      let words = Self.quoted(phrase.tokens) + (phrase.isPrefix ? " *" : "")
      return column.map { "\($0.rawValue) : \(words)" } ?? words
    case .all(let operands):
      // FTS5 has only a binary NOT, which subtracts matches from other matches.
      let wanted = operands.filter { !$0.isNegation }
      let unwanted = operands.compactMap(\.negated)
      let base = wanted.isEmpty ? Self.everything.text : Self.joined(wanted, "AND")
      return unwanted.isEmpty ? base : "(\(base) NOT \(Self.joined(unwanted, "OR")))"
    case .any(let operands): return Self.joined(operands, "OR")
    case .not(let operand): return "(\(Self.everything.text) NOT \(operand.text))"
    }
  }

  private var isNegation: Bool { negated != nil }

  private var negated: Self? {
    if case .not(let operand) = self { operand } else { nil }
  }

  /// Returns the operands joined as a balanced tree.
  ///
  /// FTS5 copies a list for every operand that it adds, so a flat list of many operands would be
  /// slow.
  private static func joined(_ operands: [Self], _ word: String) -> String {
    func joined(_ part: ArraySlice<Self>) -> String {
      guard part.count > 1 else { return part.first?.text ?? nothing.text }
      let middle = part.startIndex + part.count / 2
      return "(\(joined(part[..<middle])) \(word) \(joined(part[middle...])))"
    }
    return joined(operands[...])
  }

  private static func quoted(_ tokens: [[UInt8]]) -> String {
    "\"" + tokens.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") + "\""
  }
}
