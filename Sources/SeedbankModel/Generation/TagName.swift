/// A tag's name: one or more parts with `/` between them, as in `client/acme`.
public struct TagName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name as the person wrote it.
  public let description: String

  /// The longest name, in bytes of UTF-8.
  public static let longest = 200

  /// Reads a name and removes the white space around each part.
  ///
  /// Returns nil if a part is empty, the name is too long, or a character cannot be typed in a list
  /// of tags (`;`, control characters).
  public init?(_ text: some StringProtocol) {
    if Self.isPlain(text) {
      description = String(text)
      return
    }
    let parts = String(text).split(separator: "/", omittingEmptySubsequences: false)
      .map { Self.trimmed($0) }
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let name = parts.joined(separator: "/")
    guard name.utf8.count <= Self.longest,
      !name.unicodeScalars.contains(where: {
        $0 == ";" || $0.properties.generalCategory == .control
      })
    else { return nil }
    description = name
  }

  /// Returns whether the text is certainly a name without changes.
  ///
  /// Most names are, and a restore reads a million of them.
  private static func isPlain(_ text: some StringProtocol) -> Bool {
    guard (1...longest).contains(text.utf8.count) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
  }

  private static func trimmed(_ part: Substring) -> String {
    let front = part.drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }

  /// Whether both have the same bytes, as in the catalog.
  public static func == (left: Self, right: Self) -> Bool { left.exact == right.exact }

  /// Orders names by their bytes.
  public static func < (left: Self, right: Self) -> Bool { left.exact < right.exact }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { exact.hash(into: &hasher) }

  private var exact: ExactText { ExactText(description) }
}
