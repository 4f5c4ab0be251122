internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Translates the nodes of a query to expressions for the index or to SQL conditions on rows.
struct QueryCompiler {
  let database: Database
  let local: LocalTime

  /// Returns the expression that the index can answer alone; nil if rows must be read.
  func index(_ node: Query.Node) throws -> IndexExpression? {
    switch node {
    case .everything: return .everything
    case .nothing: return .nothing
    case .words(let words, let field): return expression(words, field)
    case .condition(let condition): return try index(condition)
    case .all(let operands): return try index(operands).map { .all($0) }
    case .any(let operands): return try index(operands).map { .any($0) }
    case .not(let operand): return try index(operand).map { .not($0) }
    }
  }

  private func index(_ operands: [Query.Node]) throws -> [IndexExpression]? {
    var expressions: [IndexExpression] = []
    for operand in operands {
      guard let expression = try index(operand) else { return nil }
      expressions.append(expression)
    }
    return expressions
  }

  /// Returns the condition on a row of `generation AS g`.
  ///
  /// If the condition does not hold, its value is false or NULL.
  func rows(_ node: Query.Node) throws -> SQLFragment {
    if let expression = try index(node) { return Self.rows(matching: expression) }
    switch node {
    case .condition(let condition): return try rows(condition)
    case .all(let operands): return .joined(try parts(operands) { .all($0) }, " AND ")
    case .any(let operands): return .joined(try parts(operands) { .any($0) }, " OR ")
    case .not(.condition(.has(.prompt))): return Self.hasPrompt(false)
    case .not(let operand): return try rows(operand).negated
    case .everything, .nothing, .words: return SQLFragment("FALSE")
    }
  }

  /// Returns the conditions of the operands.
  ///
  /// Operands that the index can answer are combined into one index expression.
  private func parts(
    _ operands: [Query.Node], joined: ([IndexExpression]) -> IndexExpression
  ) throws -> [SQLFragment] {
    var expressions: [IndexExpression] = []
    var fragments: [SQLFragment] = []
    for operand in operands {
      if let expression = try index(operand) {
        expressions.append(expression)
      } else {
        fragments.append(try rows(operand))
      }
    }
    if !expressions.isEmpty { fragments.append(Self.rows(matching: joined(expressions))) }
    return fragments
  }

  private static func rows(matching expression: IndexExpression) -> SQLFragment {
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
