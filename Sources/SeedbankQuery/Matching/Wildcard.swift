/// A pattern in which an asterisk matches any text, also empty text.
///
/// An asterisk after a backslash matches only itself. Case and accents are ignored.
package struct Wildcard: Hashable, Sendable {
  package let text: String

  /// The only value that it matches, or nil if it contains an asterisk that matches any text.
  package var plainText: String? {
    let parts = self.parts
    return parts.count == 1 ? parts[0] : nil
  }

  /// The texts between the asterisks that match any text.
  ///
  /// It uses scalars, like the lexer: an asterisk with a combining mark is another `Character`.
  private var parts: [String] {
    guard text.utf8.contains(UInt8(ascii: "\\")) else {
      return text.unicodeScalars.split(separator: "*", omittingEmptySubsequences: false)
        .map { String($0) }
    }
    var parts = [""]
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\\", rest.first == "*" {
        rest.removeFirst()
        parts[parts.count - 1].append("*")
      } else if scalar == "*" {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    return parts
  }

  package func matches(_ value: String) -> Bool {
    let parts = self.parts.map { FacetToken.folded($0) }
    let folded = FacetToken.folded(value)
    guard parts.count > 1 else { return parts[0] == folded }
    guard folded.count >= parts[0].count + parts[parts.count - 1].count,
      folded.starts(with: parts[0]),
      folded.suffix(parts[parts.count - 1].count).elementsEqual(parts[parts.count - 1])
    else { return false }
    // Using the first match of each part leaves the most text for the parts after it.
    var rest = folded[parts[0].count..<folded.count - parts[parts.count - 1].count]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
