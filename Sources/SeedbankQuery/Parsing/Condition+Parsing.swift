import FilePaths
import SeedbankModel

extension Condition {
  /// What `value` means for a field that takes no words, or nil where it can't have that value.
  package init?(_ field: QueryField, _ value: String, isQuoted: Bool) {
    guard !value.isEmpty, let condition = Self.reading(field, value, isQuoted) else { return nil }
    self = condition
  }

  private static func reading(
    _ field: QueryField, _ value: String, _ isQuoted: Bool
  ) -> Condition? {
    let word = value.lowercased()
    switch field {
    case .tag: return TagPattern(typed: value, isQuoted: isQuoted).map(tag)
    case .seed: return parsedSeed(word)
    case .model: return .model(word == "none" ? nil : Wildcard(text: value))
    case .size: return parsedSize(word)
    case .width: return Interval(word, number: pixels).map(width)
    case .height: return Interval(word, number: pixels).map(height)
    case .ratio: return RatioPattern(word).map(ratio)
    case .guidance:
      return word == "none" ? .guidance(nil) : Interval(word, number: decimal).map(guidance)
    case .watermark: return parsedWatermark(word)
    case .rating:
      return ["none", "0"].contains(word) ? .rating(nil) : Interval(word, number: stars).map(rating)
    case .status: return Status(rawValue: word).map(status)
    case .is: return State(rawValue: word).map(state)
    case .tool: return .tool(word == "none" ? nil : Wildcard(text: value))
    case .raw: return parsedRaw(value, isQuoted)
    case .has: return Part(rawValue: word).map(has)
    case .created: return DatePattern(word).map(created)
    case .before: return DateExpression(word).map { .created(.before($0)) }
    case .after: return DateExpression(word).map { .created(.after($0)) }
    case .collection: return .collection(value)
    case .search: return .savedSearch(value)
    case .parent: return pixels(word).map(parent) ?? parsedParent(value)
    case .id: return Interval(word, number: pixels).map(id)
    case .sha256: return parsedDigest(word)
    case .similar: return .similar(value)
    case .format: return parsedFormat(word)
    case .verdict: return QueryField.verdicts.contains(word) ? .verdict(word) : nil
    case .note, .prompt, .negative, .settings: return nil
    }
  }

  /// A bare word would be a file of that name, but is more likely a slip.
  private static func parsedParent(_ value: String) -> Condition? {
    switch Reference(value) {
    case .id(let id, _): .parent(id.rawValue)
    case .last, .digest, .uid: .childOf(value)
    case .file(let path): path.bytes.contains { "/.".utf8.contains($0) } ? .childOf(value) : nil
    }
  }

  private static func parsedSeed(_ word: String) -> Condition? {
    if word == "none" { return .seed(.unknown) }
    if word.hasSuffix("*") {
      let digits = String(word.dropLast())
      guard let number = ImageSeed(digits), number.description == digits else { return nil }
      return .seed(.beginning(digits))
    }
    return Interval(word, number: { ImageSeed($0) }).map { .seed(.within($0)) }
  }

  /// Text is found anywhere in the metadata, so an asterisk at its end says nothing more.
  private static func parsedRaw(_ value: String, _ isQuoted: Bool) -> Condition? {
    let text = (isQuoted || !value.hasSuffix("*") ? value : String(value.dropLast())).withoutNUL
    return text.isEmpty ? nil : .raw(ASCIIText.lowercased(text))
  }

  private static func parsedSize(_ word: String) -> Condition? {
    if word == "none" { return .size(nil) }
    if word.hasSuffix("k"), decimal(String(word.dropLast())).map({ $0 > 0 }) == true {
      return .size(word)
    }
    let sides = word.split(whereSeparator: { $0 == "x" || $0 == "×" }).compactMap {
      pixels(String($0))
    }
    guard sides.count == 2, word.filter({ $0 == "x" || $0 == "×" }).count == 1 else { return nil }
    return .size("\(sides[0])x\(sides[1])")
  }

  private static func parsedWatermark(_ word: String) -> Condition? {
    switch word {
    case "yes", "true", "on", "1": .watermark(true)
    case "no", "false", "off", "0": .watermark(false)
    case "none": .watermark(nil)
    default: nil
    }
  }

  private static func parsedDigest(_ word: String) -> Condition? {
    guard word.utf8.count <= 64, word.utf8.allSatisfy({ isDigit($0) || (97...102).contains($0) })
    else { return nil }
    return .digest(word)
  }

  private static func parsedFormat(_ word: String) -> Condition? {
    let kind = ImageKind(rawValue: word) ?? ImageKind(fileExtension: word)
    return kind.map { .format($0.rawValue) }
  }

  // MARK: Numbers

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func whole(_ text: String) -> Int64? {
    text.hasPrefix("+") ? nil : Int64(text)
  }

  private static func pixels(_ text: String) -> Int64? {
    guard let number = whole(text), number >= 0 else { return nil }
    return number
  }

  private static func stars(_ text: String) -> Int64? {
    guard let number = whole(text), (1...5).contains(number) else { return nil }
    return number
  }

  private static func decimal(_ text: String) -> Double? {
    guard !text.isEmpty, text.utf8.count < 20,
      text.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    return Double(text)
  }
}

extension TagPattern {
  fileprivate init?(typed: String, isQuoted: Bool) {
    let isExact = !isQuoted && typed.hasPrefix("=")
    self.init(isExact ? String(typed.dropFirst()) : typed, isExact: isExact)
  }

  /// Nil where the name has no parts.
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
  fileprivate init?(_ word: String) {
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
