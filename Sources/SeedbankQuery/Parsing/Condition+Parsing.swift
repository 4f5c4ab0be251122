import FilePaths
import SeedbankModel

extension Condition {
  /// The condition for `value` of a field without words, or nil if the value is not valid.
  package init?(_ field: QueryField, _ value: String, isQuoted: Bool) {
    guard !value.isEmpty, let condition = field.read(value, isQuoted) else { return nil }
    self = condition
  }

  /// A plain word would be a file of that name, but is more likely a mistake.
  static func parsedParent(_ value: String) -> Condition? {
    switch Reference(value) {
    case .id(let id, _): .parent(id.rawValue)
    case .last, .digest, .uid: .childOf(value)
    case .file(let path): path.bytes.contains { "/.".utf8.contains($0) } ? .childOf(value) : nil
    }
  }

  static func parsedSeed(_ word: String) -> Condition? {
    if word == "none" { return .seed(.unknown) }
    if word.hasSuffix("*") {
      let digits = String(word.dropLast())
      guard let number = ImageSeed(digits), number.description == digits else { return nil }
      return .seed(.beginning(digits))
    }
    return Interval(word, number: { ImageSeed($0) }).map { .seed(.within($0)) }
  }

  static func parsedSize(_ word: String) -> Condition? {
    if word == "none" { return .size(nil) }
    if word.hasSuffix("k"), QueryNumber.decimal(String(word.dropLast())).map({ $0 > 0 }) == true {
      return .size(word)
    }
    let sides = word.split(whereSeparator: { $0 == "x" || $0 == "×" }).compactMap {
      QueryNumber.pixels(String($0))
    }
    guard sides.count == 2, word.filter({ $0 == "x" || $0 == "×" }).count == 1 else { return nil }
    return .size("\(sides[0])x\(sides[1])")
  }
}

extension TagPattern {
  init?(typed: String, isQuoted: Bool) {
    // By scalars, like the lexer: a name can begin with a combining mark.
    let isExact = !isQuoted && typed.unicodeScalars.first == "="
    self.init(isExact ? String(typed.unicodeScalars.dropFirst()) : typed, isExact: isExact)
  }

  /// Nil if the name has no parts.
  package init?(_ name: String, isExact: Bool) {
    let parts = name.split(separator: "/").map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }.filter { !$0.isEmpty }
    guard !parts.isEmpty else { return nil }
    self.name = parts.joined(separator: "/")
    self.isExact = isExact
  }
}

extension RatioPattern {
  init?(_ word: String) {
    switch word {
    case "portrait": self = .portrait
    case "landscape": self = .landscape
    case "square": self = .square
    default:
      let sides = word.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
      guard sides.count == 2, let across = sides[0], let down = sides[1],
        (1...100_000).contains(across), (1...100_000).contains(down)
      else { return nil }
      self = .near(across, down)
    }
  }

  package var text: String {
    switch self {
    case .portrait: "portrait"
    case .landscape: "landscape"
    case .square: "square"
    case .near(let across, let down): "\(across):\(down)"
    }
  }
}
