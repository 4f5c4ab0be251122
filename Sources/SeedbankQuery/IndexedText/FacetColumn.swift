/// The tokens of the column of facets that edits of ratings, favorite flags and tags do not change.
///
/// Those that such edits change are called marks. They are in the middle of the column.
package struct FacetColumn: Sendable {
  /// The tokens before the rating.
  private let head: [UInt8]
  package let hasNote: Bool
  /// The tokens after the tags.
  private let tail: [UInt8]

  /// Whether the positions of its last tokens matter, so that the whole column is replaced if the number of marks
  /// changes.
  package var endsWithWords: Bool { !tail.isEmpty }

  package init(_ values: IndexedValues) {
    var head = FacetToken.token(.everything)
    func add(_ kind: FacetToken.Kind, _ value: Substring) {
      head.append(UInt8(ascii: " "))
      FacetToken.append(kind, value, to: &head)
    }
    if let model = values.model { add(.model, model[...]) }
    if let label = values.sizeLabel {
      add(.size, label[...])
      if let size = values.size, size != label { add(.sizeName, size[...]) }
    }
    self.head = head
    hasNote = values.note.map { !$0.isEmpty } ?? false
    var tail: [UInt8] = []
    if let settings = values.settings {
      let words = SettingsWords(settings)
      for part in [words.negative, words.settings] where !part.isEmpty {
        tail.append(UInt8(ascii: " "))
        tail.append(contentsOf: part)
      }
    }
    self.tail = tail
  }

  /// Appends the column of a generation.
  ///
  /// - Parameters:
  ///   - tags: the number of tags.
  ///   - appendTag: appends the tokens of a tag and of its parents, each after a space. The tags are in the order of
  ///     their bytes.
  package func append(
    rating: Int?, isFavorite: Bool, tags: Int, to bytes: inout [UInt8],
    appendTag: (Int, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: head)
    appendMarks(
      rating: rating, isFavorite: isFavorite, tags: tags, to: &bytes, appendTag: appendTag)
    bytes.append(contentsOf: tail)
  }

  /// Appends only the marks of a generation, each after a space.
  ///
  /// The parameters are those of `append`.
  package func appendMarks(
    rating: Int?, isFavorite: Bool, tags: Int, to bytes: inout [UInt8],
    appendTag: (Int, inout [UInt8]) -> Void
  ) {
    func add(_ kind: FacetToken.Kind) {
      bytes.append(UInt8(ascii: " "))
      UTF8Scalar.append(kind.rawValue, to: &bytes)
    }
    if let rating {
      bytes.append(UInt8(ascii: " "))
      FacetToken.append(.rating, String(rating)[...], to: &bytes)
    }
    if isFavorite { add(.favorite) }
    if hasNote { add(.note) }
    if tags > 0 { add(.anyTag) }
    for number in 0..<tags { appendTag(number, &bytes) }
  }

  /// Returns the column with these marks.
  package func column(withMarks marks: [UInt8]) -> [UInt8] { head + marks + tail }
}
