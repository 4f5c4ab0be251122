extension NameTemplate {
  /// Reads a template.
  ///
  /// - Throws: `NameTemplateError`, with the position.
  public init(_ text: String) throws(NameTemplateError) {
    var scanner = NameTemplateScanner(text)
    self.init(description: text, parts: try scanner.parts())
  }
}

/// Parses a template from its first to its last character.
private struct NameTemplateScanner {
  private let characters: [Character]
  private var index = 0
  private var done: [[NameTemplate.Piece]] = []
  private var part: [NameTemplate.Piece] = []
  private var literal = ""
  private var partStart = 0

  init(_ text: String) { characters = Array(text) }

  mutating func parts() throws(NameTemplateError) -> [[NameTemplate.Piece]] {
    guard !characters.isEmpty else { throw .empty }
    guard characters[0] != "/" else { throw .absolute }
    while index < characters.count {
      let character = characters[index]
      let isDoubled = index + 1 < characters.count && characters[index + 1] == character
      switch character {
      case "{" where isDoubled, "}" where isDoubled:
        literal.append(character)
        index += 2
      case "{":
        flushLiteral()
        part.append(try field())
      case "}":
        throw .unopenedBrace(at: index)
      case "/":
        try endPart()
        index += 1
        partStart = index
      default:
        literal.append(character)
        index += 1
      }
    }
    try endPart()
    return done
  }

  private mutating func flushLiteral() {
    if !literal.isEmpty { part.append(.text(literal)) }
    literal = ""
  }

  private mutating func endPart() throws(NameTemplateError) {
    flushLiteral()
    if part.isEmpty { throw .emptyPart(at: partStart) }
    if part == [.text(".")] || part == [.text("..")] { throw .dots(at: partStart) }
    done.append(part)
    part = []
  }

  /// The field whose `{` is at `index`.
  ///
  /// Moves `index` after its `}`.
  private mutating func field() throws(NameTemplateError) -> NameTemplate.Piece {
    let start = index
    guard let end = characters[start...].firstIndex(of: "}") else {
      throw .unclosedBrace(at: start)
    }
    let inside = characters[(start + 1)..<end]
    let colon = inside.firstIndex(of: ":") ?? end
    let name = String(characters[(start + 1)..<colon]).lowercased()
    guard let field = NameField(rawValue: name) else {
      throw .unknownField(name: name, suggestion: Self.nearest(to: name), at: start + 1)
    }
    index = end + 1
    guard colon < end else { return .field(field, field.kind == .time ? .time(.day) : .plain) }
    let format = String(characters[(colon + 1)..<end])
    guard let parsed = Self.format(format, of: field) else {
      throw .badFormat(field: field, format: format, accepted: field.accepted, at: colon + 1)
    }
    return .field(field, parsed)
  }

  private static func format(_ text: String, of field: NameField) -> NameFormat? {
    switch field.kind {
    case .text:
      guard let count = Int(text), (1...200).contains(count) else { return nil }
      return .limited(count)
    case .number:
      guard let width = Int(text), (1...20).contains(width) else { return nil }
      return .padded(width)
    case .time: return TimePattern(text).map(NameFormat.time)
    case .fixed: return nil
    }
  }

  /// The field with the longest common prefix with `name`, of at least two letters.
  private static func nearest(to name: String) -> NameField? {
    func shared(_ field: NameField) -> Int {
      zip(field.rawValue, name).prefix { $0 == $1 }.count
    }
    return NameField.allCases.max { shared($0) < shared($1) }.flatMap { shared($0) >= 2 ? $0 : nil }
  }
}
