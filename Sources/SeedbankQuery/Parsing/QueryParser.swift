/// Builds the tree of a query from its items.
///
/// `OR` has the lowest precedence, then adjacency, then `NOT`.
struct QueryParser {
  /// The items are well-formed: operators have operands, and brackets are paired and not empty.
  private let items: [QueryLexer.Item]
  private let isBlank: Bool
  private var position = 0
  private(set) var notes: [QueryNote]

  init(_ text: String) {
    let lexer = QueryLexer(text)
    items = lexer.items
    notes = lexer.notes
    isBlank = text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  /// - Throws: `QueryError`.
  package mutating func parse() throws -> Query.Node {
    // A typed query without any condition must not match everything.
    guard !items.isEmpty else { return isBlank ? .everything : .nothing }
    return try any()
  }

  private var next: QueryLexer.Item? { position < items.count ? items[position] : nil }

  private mutating func any() throws -> Query.Node {
    var alternatives = [try all()]
    while next == .or {
      position += 1
      alternatives.append(try all())
    }
    return Query.Node.any(alternatives).simplified
  }

  private mutating func all() throws -> Query.Node {
    var operands: [Query.Node] = []
    while let item = next, item != .close, item != .or {
      if item == .and {
        position += 1
      } else if let operand = try unary() {
        operands.append(operand)
      }
    }
    // Text without words is left out beside other words. Alone, it matches nothing.
    return operands.isEmpty ? .nothing : Query.Node.all(operands).simplified
  }

  /// Nil for text without words, negated or not.
  private mutating func unary() throws -> Query.Node? {
    var isNegated = false
    while case .not = next {
      isNegated.toggle()
      position += 1
    }
    guard let operand = try primary() else { return nil }
    return isNegated ? Query.Node.not(operand).simplified : operand
  }

  private mutating func primary() throws -> Query.Node? {
    let item = next
    position += 1
    switch item {
    case .open:
      let group = try any()
      position += 1
      return group == .nothing ? nil : group
    case .term(let term): return try node(term)
    case .close, .and, .or, .not, nil: return nil
    }
  }

  /// The generations of a list of ids and names, or nil if it is not such a list.
  private static func generations(_ value: String) -> Query.Node? {
    guard case .references(let terms) = Selection([value], number: .reference) else {
      return value.contains("/") ? .condition(.generation(value)) : nil
    }
    let nodes = terms.map { term -> Query.Node in
      switch term {
      case .range(let ids, _): .condition(.id(Interval(ids: ids)))
      case .one(.id(let id, _), _): .condition(.id(Interval(id.rawValue...id.rawValue)))
      case .one(_, let typed): .condition(.generation(typed))
      }
    }
    return Query.Node.any(nodes).simplified
  }

  private mutating func node(_ term: QueryLexer.Term) throws -> Query.Node? {
    if term.field == .id, Condition(.id, term.value, isQuoted: term.isQuoted) == nil,
      let node = Self.generations(term.value)
    {
      return node
    }
    if let field = term.field, field.textField == nil {
      guard let condition = Condition(field, term.value, isQuoted: term.isQuoted) else {
        throw QueryError(
          field: field.name, value: term.value, takes: field.takes, offset: term.valueStart)
      }
      return .condition(condition)
    }
    var folding = TextFolding()
    folding.append(term.value)
    guard !folding.bytes.isEmpty else {
      notes.append(.noWords(text: term.value))
      return nil
    }
    return .words(
      Words(text: term.value, isPrefix: term.isPrefix), in: term.field?.textField ?? .anywhere)
  }
}
