internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Translates the nodes of a query to expressions for the index or to SQL conditions on rows.
struct QueryCompiler {
  let database: Database
  let local: LocalTime

  /// A translated node.
  enum Part {
    /// An expression that the index can answer alone.
    case index(IndexExpression)
    /// A condition on a row of `generation AS g`.
    ///
    /// If the condition does not hold, its value is false or NULL.
    case rows(SQLFragment)
  }

  /// Translates a node: to an expression for the index if the index can answer it alone.
  func part(_ node: Query.Node) throws -> Part {
    switch node {
    case .everything: return .index(.everything)
    case .nothing: return .index(.nothing)
    case .words(let words, let field): return .index(expression(words, field))
    case .condition(let condition):
      if let expression = try index(condition) { return .index(expression) }
      return .rows(try rows(condition))
    case .all(let operands): return try joined(operands, " AND ") { .all($0) }
    case .any(let operands): return try joined(operands, " OR ") { .any($0) }
    case .not(.condition(.has(.prompt))): return .rows(Self.hasPrompt(false))
    case .not(let operand): return try negated(try part(operand))
    }
  }

  /// Joins the operands.
  ///
  /// Operands that the index can answer are combined into one index expression.
  private func joined(
    _ operands: [Query.Node], _ separator: String,
    _ combined: ([IndexExpression]) -> IndexExpression
  ) throws -> Part {
    var expressions: [IndexExpression] = []
    var fragments: [SQLFragment] = []
    for operand in operands {
      switch try part(operand) {
      case .index(let expression): expressions.append(expression)
      case .rows(let fragment): fragments.append(fragment)
      }
    }
    let whole = combined(expressions)
    if whole.fitsParser {
      if fragments.isEmpty { return .index(whole) }
      if !expressions.isEmpty { fragments.append(Self.rows(matching: whole)) }
    } else {
      fragments += expressions.map(Self.rows(matching:))
    }
    return .rows(try withFewBrackets(.joined(fragments, separator)))
  }

  private func negated(_ part: Part) throws -> Part {
    switch part {
    case .index(let operand):
      let whole = IndexExpression.not(operand)
      if whole.fitsParser { return .index(whole) }
      return .rows(Self.rows(matching: operand).negated)
    case .rows(let fragment): return .rows(try withFewBrackets(fragment.negated))
    }
  }

  static func rows(matching expression: IndexExpression) -> SQLFragment {
    SQLFragment(
      "g.id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)", [expression.match])
  }

  // MARK: Words

  private func expression(_ words: Words, _ field: TextField) -> IndexExpression {
    func within(_ kind: FacetToken.Kind) -> IndexExpression {
      .phrase(Phrase(words, prefix: kind.rawValue), nil)
    }
    switch field {
    case .anywhere: return .phrase(Phrase(words), nil)
    case .prompt: return .phrase(Phrase(words), .prompt)
    case .note: return .phrase(Phrase(words), .note)
    case .negative: return within(.negative)
    case .settings: return .any([within(.setting), within(.negative)])
    }
  }

  // MARK: Facets

  private func index(_ condition: Condition) throws -> IndexExpression? {
    switch condition {
    case .tag(let pattern): return try tag(pattern)
    case .model(nil): return try .not(any(of: .model, token: .model) { _ in true })
    case .model(let wildcard?):
      if let name = wildcard.plainText { return .token(FacetToken.token(.model, name)) }
      return try any(of: .model, token: .model, where: wildcard.matches)
    case .size(nil): return try .not(any(of: .size, token: .size) { _ in true })
    case .size(let size?):
      return .any([FacetToken.Kind.size, .sizeName].map { .token(FacetToken.token($0, size)) })
    case .width, .height, .ratio:
      return try any(of: .size, token: .size) { label in
        SizeLabel.pixels(label).map { condition.contains(width: $0.width, height: $0.height) }
          ?? false
      }
    case .rating(let interval): return Self.rating(interval)
    case .state(.favorite): return .token(FacetToken.token(.favorite))
    case .has(.note): return .token(FacetToken.token(.note))
    case .has(.tag): return .token(FacetToken.token(.anyTag))
    default: return nil
    }
  }

  private func tag(_ pattern: TagPattern) throws -> IndexExpression {
    guard let name = pattern.plainName else {
      return try any(of: .tag, token: .tag, where: pattern.matches)
    }
    let itself = IndexExpression.token(FacetToken.token(.tag, name))
    let below = IndexExpression.token(FacetToken.token(.tagAbove, name))
    return pattern.isExact ? itself : .any([itself, below])
  }

  private static func rating(_ interval: Interval<Int64>?) -> IndexExpression {
    let stars = (1...5).filter { interval?.contains($0) ?? true }
    let rated = IndexExpression.any(
      stars.map { .token(FacetToken.token(.rating, String($0))) })
    return interval == nil ? .not(rated) : rated
  }

  /// Returns an expression that matches any of the values in use for which `passes` returns true.
  ///
  /// FTS5 can stream a list of whole tokens. For a prefix of tokens it must merge lists first.
  private func any(
    of kind: FacetKind, token: FacetToken.Kind, where passes: (String) -> Bool
  ) throws -> IndexExpression {
    let values = try FacetTable.values(of: kind, in: database).map(\.value).filter(passes)
    return .any(values.map { .token(FacetToken.token(token, $0)) })
  }
}
