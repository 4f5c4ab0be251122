extension Query: CustomStringConvertible {
  /// The query as text; it parses to an equal query.
  public var description: String { node == .everything ? "" : node.text }
}

extension Query.Node {
  fileprivate var text: String {
    switch self {
    // Neither occurs within a list.
    case .everything, .nothing: "\"\""
    case .words(let words, let field):
      (field == .anywhere ? "" : field.rawValue + ":") + words.typed
    case .condition(let condition): condition.text
    case .all(let operands): operands.map { $0.text(within: true) }.joined(separator: " ")
    case .any(let operands): operands.map { $0.text(within: false) }.joined(separator: " OR ")
    case .not(let operand): "-" + operand.text(within: true)
    }
  }

  /// The text as a part of a longer one, with brackets if necessary.
  private func text(within isTight: Bool) -> String {
    switch self {
    case .any where isTight: "(" + text + ")"
    case .all: "(" + text + ")"
    default: text
    }
  }
}

extension Words {
  package var typed: String { Self.quotedIfNeeded(text, isWord: true) + (isPrefix ? "*" : "") }

  /// `text` quoted so that it is read as one value.
  ///
  /// It uses scalars, like the lexer: a quotation mark with an accent is another `Character`, but ends a
  /// phrase.
  static func quotedIfNeeded(_ text: String, isWord: Bool) -> String {
    let scalars = text.unicodeScalars
    let isPlain =
      !scalars.isEmpty
      && !scalars.contains { "\"()".unicodeScalars.contains($0) || $0.properties.isWhitespace }
    let isSafeWord =
      !isWord
      || (!["OR", "AND", "NOT"].contains(text) && scalars.first != "-"
        && !QueryLexer.isReference(text)
        && !scalars.contains { $0 == ":" || $0 == "*" })
    return isPlain && isSafeWord ? text : quoted(text)
  }

  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
      quoted.unicodeScalars.append(scalar)
    }
    quoted.unicodeScalars.append("\"")
    return quoted
  }
}

extension Condition {
  fileprivate var text: String {
    switch self {
    case .tag(let pattern):
      "tag:" + (pattern.isExact ? "=" : "") + Self.typed(pattern.name)
    case .seed(.unknown): "seed:none"
    case .seed(.within(let interval)): "seed:" + interval.text
    case .seed(.beginning(let digits)): "seed:\(digits)*"
    case .model(let wildcard): "model:" + (wildcard.map { Self.typed($0.text) } ?? "none")
    case .size(let size): "size:" + (size ?? "none")
    case .width(let interval): "width:" + interval.text
    case .height(let interval): "height:" + interval.text
    case .ratio(let pattern): "ratio:" + pattern.text
    case .rating(let interval): "rating:" + (interval?.text ?? "none")
    case .status(let status): "status:" + status.rawValue
    case .state(let state): "is:" + state.rawValue
    case .has(let part): "has:" + part.rawValue
    case .created(let pattern): "created:" + pattern.text
    case .collection(let name): "collection:" + Self.typed(name)
    case .savedSearch(let name): "search:" + Self.typed(name)
    case .parent(let id): "parent:\(id)"
    case .id(let interval): "id:" + interval.text
    case .generation(let name): "id:" + Self.typed(name)
    case .childOf(let reference): "parent:" + Self.typed(reference)
    case .similar(let reference): "similar:" + Self.typed(reference)
    case .ids(let ids): Self.text(of: ids)
    case .row(let row): type(of: row.condition).name + ":" + row.condition.text
    }
  }

  static func typed(_ text: String) -> String {
    // A name that starts like an exact tag needs quotation marks.
    text.unicodeScalars.first == "="
      ? Words.quoted(text) : Words.quotedIfNeeded(text, isWord: false)
  }

  /// Ids are the result of another condition.
  ///
  /// As text, they are a list of ids.
  private static func text(of ids: Set<Int64>) -> String {
    guard ids.count != 1 else { return "id:\(ids.first ?? 0)" }
    return ids.isEmpty
      ? "\"\"" : "(" + ids.sorted().map { "id:\($0)" }.joined(separator: " OR ") + ")"
  }
}
