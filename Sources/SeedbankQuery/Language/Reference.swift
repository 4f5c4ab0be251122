public import FilePaths
public import SeedbankModel

/// A name of a generation or of one of its images, as people type it.
public enum Reference: Hashable, Sendable {
  /// `1234`, `#1234`, `id:1234`, `1234.2`: the id, and the position of an image from 1.
  case id(GenerationID, image: Int?)
  /// `@last` is 0, and `@last~3` is the third one before it.
  case last(Int)
  /// `sha256:PREFIX`: hexadecimal digits.
  case digest(String)
  /// Hexadecimal digits, also with hyphens.
  case uid(String)
  /// Anything else is the path of an image file.
  case file(FilePath)

  /// Reads the typed text; every text is a reference of some kind.
  public init(_ text: String) { self = Self(name: text) ?? .init(filePath: text) }

  /// Makes a reference of the path of an image file, also if the text could be another reference.
  public init(filePath text: String) { self = .file(FilePath(text)) }

  /// Reads a name; nil for text that can only be a path.
  ///
  /// Only digits are an id, unless they start with 0, as every uid of this century does. A uid needs at
  /// least eight digits, so that a file named `face` or `cafe` is not read as a uid. A path with a slash
  /// is always a file.
  init?(name text: String) {
    guard
      let name = Self.readID(text) ?? Self.readLast(text) ?? Self.readDigest(text)
        ?? Self.readUID(text)
    else { return nil }
    self = name
  }

  private static func readID(_ text: String) -> Reference? {
    let mark = ["#", "id:"].first { text.hasPrefix($0) } ?? ""
    let text = text.dropFirst(mark.count)
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let id = number(parts[0]), text == "0" || !text.hasPrefix("0") else { return nil }
    guard parts.count == 2 else { return .id(GenerationID(id), image: nil) }
    guard let position = number(parts[1]), position >= 1, position < 1_000_000 else { return nil }
    return .id(GenerationID(id), image: Int(position))
  }

  private static func readLast(_ text: String) -> Reference? {
    if text == "@last" || text == "@last~" { return .last(text == "@last" ? 0 : 1) }
    guard text.hasPrefix("@last~"), let back = number(text.dropFirst(6)), back < 1 << 31 else {
      return nil
    }
    return .last(Int(back))
  }

  private static func readDigest(_ text: String) -> Reference? {
    guard text.hasPrefix("sha256:") else { return nil }
    let digits = text.dropFirst(7)
    guard (1...64).contains(digits.utf8.count), digits.utf8.allSatisfy(isHexadecimal) else {
      return nil
    }
    return .digest(digits.lowercased())
  }

  private static func readUID(_ text: String) -> Reference? {
    let digits = text.filter { $0 != "-" }
    guard (8...32).contains(digits.utf8.count), digits.utf8.allSatisfy(isHexadecimal) else {
      return nil
    }
    return .uid(digits.lowercased())
  }

  private static func number(_ text: some StringProtocol) -> Int64? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int64(text)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
