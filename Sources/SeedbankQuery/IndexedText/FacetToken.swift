/// Tokens of the index for values instead of words.
///
/// They contain private-use characters, which folding removes from text, so text cannot contain
/// them.
package enum FacetToken {
  /// The first character of a token says what it represents.
  package enum Kind: UInt32 {
    /// In every entry; the set from which `NOT` subtracts.
    case everything = 0xE000
    case model = 0xE001
    case size = 0xE002
    /// The requested size, if the known pixels differ from it.
    case sizeName = 0xE00D
    case rating = 0xE003
    case favorite = 0xE004
    /// A tag by its whole name.
    case tag = 0xE005
    /// A tag with another tag below it.
    case tagAbove = 0xE006
    case note = 0xE007
    case anyTag = 0xE008
    /// Between two tags, so that a phrase never spans two of them.
    case boundary = 0xE009
    /// A word of another tool's negative prompt.
    case negative = 0xE00A
    /// A word of another tool's settings.
    case setting = 0xE00B
    /// In no entry.
    case nothing = 0xE00C
  }

  package static func token(_ kind: Kind) -> [UInt8] { UTF8Scalar.bytes(of: kind.rawValue) }

  /// Whether a token is one of these and not a word of a text.
  ///
  /// The UTF-8 of all their first characters, U+E000 to U+EFFF, begins with this byte.
  package static func isFacet(_ token: [UInt8]) -> Bool { token.first == 0xEE }

  /// Whether only the presence of a token in an entry matters, not its position.
  ///
  /// No phrase contains it. So an edit can add or remove such tokens without writing the others of the column again.
  package static func isUnordered(_ token: UnsafeRawBufferPointer) -> Bool {
    guard token.count >= 3, token[0] == 0xEE, token[1] == 0x80 else { return false }
    switch Kind(rawValue: 0xE000 | UInt32(token[2] & 0x3F)) {
    case .everything, .model, .size, .sizeName, .rating, .favorite, .tag, .tagAbove, .note, .anyTag:
      return true
    case .boundary, .negative, .setting, .nothing, nil: return false
    }
  }

  /// The token of a value.
  ///
  /// Values that differ only in case and accents have the same token.
  package static func token(_ kind: Kind, _ value: some StringProtocol) -> [UInt8] {
    var bytes = token(kind)
    append(folded: value, to: &bytes)
    return bytes
  }

  /// A value as one token without spaces, cut at 1,000 bytes: letters folded as in text, other ASCII
  /// characters moved to U+E100…U+E17F.
  package static func folded(_ value: some StringProtocol) -> [UInt8] {
    var bytes: [UInt8] = []
    append(folded: value, to: &bytes)
    return bytes
  }

  /// Appends the token of a value.
  package static func append(_ kind: Kind, _ value: some StringProtocol, to bytes: inout [UInt8]) {
    UTF8Scalar.append(kind.rawValue, to: &bytes)
    append(folded: value, to: &bytes)
  }

  /// The parent tags of a tag: `a` and `a/b` for `a/b/c`.
  package static func names(above name: String) -> [Substring] {
    let scalars = name.unicodeScalars
    return scalars.indices.filter { scalars[$0] == "/" }.map { name[..<$0] }
  }
}
