/// Text in which an asterisk stands for any text, none included; case and accents fold.
package struct Wildcard: Hashable, Sendable {
  package let text: String

  /// Whether it is one value and not many.
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
    // The first place where each part fits leaves the most room for those after it.
    var rest = folded[parts[0].count..<folded.count - parts[parts.count - 1].count]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
