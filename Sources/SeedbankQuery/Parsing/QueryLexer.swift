import SeedbankModel

/// Splits the text of a query into items.
///
/// No text is an error.
struct QueryLexer {
  package enum Item: Hashable {
    case open, close
    case and, or
    /// `NOT` or `-`, as it was typed.
    case not(String)
    case term(Term)
  }

  /// A word or phrase, with or without a field.
  struct Term: Hashable {
    package var field: QueryField?
    package var value: String
    var isQuoted: Bool
    package var isPrefix: Bool
    /// The offsets of the term and its value, in scalars.
    package var start: Int
    var valueStart: Int
  }

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  private(set) var items: [Item] = []
  private(set) var notes: [QueryNote] = []

  /// The maximum depth of brackets.
  ///
  /// Deeper ones are ignored, so that a query does not overflow the stack.
  static let deepest = 64

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    while position < scalars.count { next() }
    leaveOutBrackets()
    readStrayOperatorsAsWords()
  }

  private mutating func next() {
    let scalar = scalars[position]
    if scalar.properties.isWhitespace {
      position += 1
    } else if scalar == "(", depth < Self.deepest {
      items.append(.open)
      depth += 1
      position += 1
    } else if scalar == ")", depth > 0 {
      items.append(.close)
      depth -= 1
      position += 1
    } else if scalar == "(" || scalar == ")" {
      note(.unpaired(Character(scalar)))
      position += 1
    } else if scalar == "-", let following = peek(1), !following.properties.isWhitespace,
      !(following == ")" && depth > 0)
    {
      items.append(.not("-"))
      position += 1
    } else {
      term()
    }
  }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  private mutating func note(_ note: QueryNote) {
    if !notes.contains(note) { notes.append(note) }
  }

  private mutating func term() {
    let start = position
    let field = fieldName()
    let valueStart = position
    let isExact = field?.name == "tag" && peek(0) == "=" && peek(1) == "\""
    if isExact { position += 1 }
    if let phrase = quoted() {
      let isPrefix = peek(0) == "*" && (field == nil || field?.textField != nil)
      if isPrefix { position += 1 }
      items.append(
        .term(
          Term(
            field: field, value: (isExact ? "=" : "") + phrase, isQuoted: !isExact,
            isPrefix: isPrefix, start: start, valueStart: valueStart)))
      return
    }
    position = valueStart
    bareTerm(field, start: start)
  }

  private mutating func bareTerm(_ field: QueryField?, start: Int) {
    let valueStart = position
    var text = bare()
    if field == nil {
      switch text {
      case "OR": return items.append(.or)
      case "AND": return items.append(.and)
      case "NOT": return items.append(.not(text))
      case "or" where !items.isEmpty: note(.lowercaseOperator(text))
      case _ where Self.isReference(text):
        return items.append(
          .term(
            Term(
              field: .id, value: text, isQuoted: false, isPrefix: false, start: start,
              valueStart: valueStart)))
      default: break
      }
    }
    var isPrefix = false
    if field == nil || field?.textField != nil, let first = text.unicodeScalars.indices.first {
      let last = text.unicodeScalars.lastIndex { $0 != "*" } ?? first
      let rest = text.unicodeScalars.index(after: last)
      isPrefix = rest < text.endIndex
      text.unicodeScalars.removeSubrange(rest...)
    }
    items.append(
      .term(
        Term(
          field: field, value: text, isQuoted: false, isPrefix: isPrefix, start: start,
          valueStart: valueStart)))
  }

  /// Whether text without a field names generations: `#31`, `31,27`, `5..12`, `@last~3`.
  ///
  /// A plain number is a word.
  static func isReference(_ text: String) -> Bool {
    if text.utf8.allSatisfy({ (48...57).contains($0) }) { return false }
    guard text.utf8.first.map({ "#@.0123456789".utf8.contains($0) }) == true else { return false }
    guard case .references(let terms) = Selection([text], number: .word) else { return false }
    return terms.allSatisfy { term in
      guard case .one(let reference, _) = term else { return true }
      return switch reference {
      case .id(_, image: nil), .last: true
      case .id, .digest, .uid, .file: false
      }
    }
  }

  /// The field of a name and a colon at this position.
  ///
  /// Moves past them if a value follows.
  private mutating func fieldName() -> QueryField? {
    var end = position
    while end < scalars.count, scalars[end].isASCII,
      scalars[end].properties.isAlphabetic
        || ("0"..."9").contains(scalars[end]) || scalars[end] == "_"
    {
      end += 1
    }
    guard end > position, end < scalars.count, scalars[end] == ":" else { return nil }
    let name = scalars[position..<end].reduce(into: "") { $0.unicodeScalars.append($1) }
      .lowercased()
    let hasValue =
      end + 1 < scalars.count && !scalars[end + 1].properties.isWhitespace
      && !(scalars[end + 1] == ")" && depth > 0)
    guard let field = QueryField.named(name) else {
      // An address or a time is not meant as a field.
      if hasValue, scalars[end + 1] != "/",
        name.unicodeScalars.allSatisfy(\.properties.isAlphabetic)
      {
        note(.unknownField(name: name, suggestion: QueryField.nearest(to: name)))
      }
      return nil
    }
    guard hasValue else {
      note(.fieldWithoutValue(name: name))
      return nil
    }
    position = end + 1
    return field
  }

  /// The quoted text at this position.
  ///
  /// Two quotation marks mean one. Nil without a quotation mark, or if it is not closed.
  private mutating func quoted() -> String? {
    guard peek(0) == "\"" else { return nil }
    var text = ""
    var index = position + 1
    while index < scalars.count {
      if scalars[index] == "\"" {
        guard index + 1 < scalars.count, scalars[index + 1] == "\"" else {
          position = index + 1
          return text
        }
        index += 1
      }
      text.unicodeScalars.append(scalars[index])
      index += 1
    }
    note(.unpaired("\""))
    return nil
  }

  /// The text up to the next space or the bracket that closes a group.
  ///
  /// Its own brackets are text.
  private mutating func bare() -> String {
    var text = ""
    var inner = 0
    while position < scalars.count, !scalars[position].properties.isWhitespace {
      if scalars[position] == "(" { inner += 1 }
      if scalars[position] == ")" {
        if inner == 0, depth > 0 { break }
        inner = max(0, inner - 1)
      }
      text.unicodeScalars.append(scalars[position])
      position += 1
    }
    return text
  }

  // MARK: Afterwards

  /// Removes unclosed brackets, and empty pairs.
  private mutating func leaveOutBrackets() {
    var open: [Int] = []
    var dropped: Set<Int> = []
    var lastKept: [Int] = []
    for (index, item) in items.enumerated() {
      if item == .open { open.append(index) }
      if item == .close {
        let start = open.removeLast()
        if lastKept.last == start {
          lastKept.removeLast()
          dropped.formUnion([start, index])
          continue
        }
      }
      lastKept.append(index)
    }
    if !open.isEmpty {
      note(.unpaired("("))
      dropped.formUnion(open)
    }
    items = items.indices.filter { !dropped.contains($0) }.map { items[$0] }
  }

  /// An operator without an operand is text.
  private mutating func readStrayOperatorsAsWords() {
    for index in items.indices {
      let text: String
      switch items[index] {
      case .or where !isOperator(index): text = "OR"
      case .and where !isOperator(index): text = "AND"
      case .not(let typed) where !canBegin(index + 1): text = typed
      default: continue
      }
      items[index] = .term(
        Term(field: nil, value: text, isQuoted: false, isPrefix: false, start: 0, valueStart: 0))
    }
  }

  private func isOperator(_ index: Int) -> Bool {
    guard index > 0, canBegin(index + 1) else { return false }
    switch items[index - 1] {
    case .term, .close: return true
    case .open, .and, .or, .not: return false
    }
  }

  private func canBegin(_ index: Int) -> Bool {
    guard index < items.count else { return false }
    switch items[index] {
    case .term, .open, .not: return true
    case .close, .and, .or: return false
    }
  }
}
