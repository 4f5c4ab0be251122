/// The tokens that a tag has in an entry of the index.
///
/// Many generations share a tag, so an edit of many generations makes its tokens once.
package struct TagTokens: Sendable {
  /// The words of the tag for the column of tags, separated by spaces.
  package let words: [UInt8]
  /// The tokens of the tag and of its parents for the column of facets, each after a space.
  package let names: [UInt8]

  package init(_ tag: String) {
    words = Self.words(of: tag)
    var names: [UInt8] = []
    Self.appendNames(of: tag, to: &names)
    self.names = names
  }

  private static func words(of tag: String) -> [UInt8] {
    var folding = TextFolding()
    folding.append(tag)
    return folding.bytes
  }

  static func appendNames(of tag: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: " "))
    FacetToken.append(.tag, tag[...], to: &bytes)
    for above in FacetToken.names(above: tag) {
      bytes.append(UInt8(ascii: " "))
      FacetToken.append(.tagAbove, above, to: &bytes)
    }
  }

  /// Appends the words of the tag to the column of tags, after those of the tags before it.
  ///
  /// - Parameter isFirst: true for the first tag of a generation, which follows no other tag.
  package func appendWords(to column: inout [UInt8], isFirst: Bool) {
    Self.append(words, to: &column, isFirst: isFirst)
  }

  /// Appends the words of a tag, of which nothing else is needed.
  static func appendWords(of tag: String, to column: inout [UInt8], isFirst: Bool) {
    append(words(of: tag), to: &column, isFirst: isFirst)
  }

  private static func append(_ words: [UInt8], to column: inout [UInt8], isFirst: Bool) {
    if !isFirst {
      if !column.isEmpty { column.append(UInt8(ascii: " ")) }
      UTF8Scalar.append(FacetToken.Kind.boundary.rawValue, to: &column)
    }
    guard !words.isEmpty else { return }
    if !column.isEmpty { column.append(UInt8(ascii: " ")) }
    column.append(contentsOf: words)
  }
}
