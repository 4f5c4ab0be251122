/// The four folded columns of one entry of the search index. To remove the entry, exactly the same bytes
/// are needed.
package struct IndexedText: Hashable, Sendable {
  package let prompt: [UInt8]
  package let note: [UInt8]
  package let tag: [UInt8]
  package let facet: [UInt8]

  package init(_ values: IndexedValues) {
    let tags =
      values.tags.count < 2
      ? values.tags
      : values.tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    prompt = Self.folded(values.prompt)
    note = values.note.map(Self.folded) ?? []
    tag = Self.folded(tags: tags)
    facet = Self.facets(values, tags: tags)
  }

  /// The columns in the order of the table.
  package var columns: [[UInt8]] { [prompt, note, tag, facet] }

  private static func folded(_ text: String) -> [UInt8] {
    var folding = TextFolding()
    folding.append(text)
    return folding.bytes
  }

  private static func folded(tags: [String]) -> [UInt8] {
    var folding = TextFolding()
    for (index, tag) in tags.enumerated() {
      if index > 0 { folding.append(token: FacetToken.token(.boundary)) }
      folding.append(tag)
    }
    return folding.bytes
  }

  private static func facets(_ values: IndexedValues, tags: [String]) -> [UInt8] {
    var bytes = FacetToken.token(.everything)
    func add(_ kind: FacetToken.Kind, _ value: Substring = "") {
      bytes.append(UInt8(ascii: " "))
      FacetToken.append(kind, value, to: &bytes)
    }
    if let model = values.model { add(.model, model[...]) }
    if let label = values.sizeLabel {
      add(.size, label[...])
      if let size = values.size, size != label { add(.sizeName, size[...]) }
    }
    if let rating = values.rating { add(.rating, "\(rating)") }
    if values.isFavorite { add(.favorite) }
    if let note = values.note, !note.isEmpty { add(.note) }
    if !tags.isEmpty { add(.anyTag) }
    // The token of the tag, and one for each of its parents.
    for tag in tags {
      add(.tag, tag[...])
      for above in FacetToken.names(above: tag) { add(.tagAbove, above) }
    }
    if let settings = values.settings {
      let words = SettingsWords(settings)
      for part in [words.negative, words.settings] where !part.isEmpty {
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: part)
      }
    }
    return bytes
  }
}
