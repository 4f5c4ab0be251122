/// A pattern in which an asterisk matches any text, also empty text.
///
/// Case and accents are ignored.
package struct Wildcard: Hashable, Sendable {
  package let text: String

  /// Whether it matches a single value.
  package var isPlain: Bool { !text.contains("*") }

  package func matches(_ value: String) -> Bool {
    let parts = text.split(separator: "*", omittingEmptySubsequences: false)
      .map { FacetToken.folded($0) }
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
