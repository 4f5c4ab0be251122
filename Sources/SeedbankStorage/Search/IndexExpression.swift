import SeedbankQuery

/// A question that the full-text index answers by itself.
indirect enum IndexExpression: Hashable, Sendable {
  /// Columns of the index that words are looked for in.
  enum Column: String, Sendable {
    case prompt, note
  }

  case everything
  case nothing
  /// Nil: in any column. Facets need no column, since no text holds their tokens.
  case phrase(Phrase, Column?)
  case all([IndexExpression])
  case any([IndexExpression])
  case not(IndexExpression)

  static func token(_ token: [UInt8]) -> Self { .phrase(Phrase(token), nil) }

  /// The same without constants beside others and without lists of fewer than two.
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

  /// The expression in FTS5's own language.
  ///
  /// It is built of folded tokens only, each in quotation marks, which no token can hold: nothing
  /// that a person typed reaches the index as syntax.
  var match: String { simplified.text }

  private var text: String {
    switch self {
    case .everything: return Self.quoted([FacetToken.token(.everything)])
    case .nothing: return Self.quoted([FacetToken.token(.nothing)])
    case .phrase(let phrase, let column):
      let words = Self.quoted(phrase.tokens) + (phrase.isPrefix ? " *" : "")
      return column.map { "\($0.rawValue) : \(words)" } ?? words
    case .all(let operands):
      // FTS5 can only take away from something.
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

  /// FTS5 copies a list for every operand that it adds, so a long one is written as a balanced tree.
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
