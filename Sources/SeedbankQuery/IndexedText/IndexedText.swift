import Platform
import SeedbankModel

/// The four folded columns of one entry of the search index.
///
/// To remove the entry, exactly the same bytes are needed.
package struct IndexedText: Hashable, Sendable {
  package let prompt: [UInt8]
  package let note: [UInt8]
  package let tag: [UInt8]
  package let facet: [UInt8]

  package init(_ values: IndexedValues) { self.init(values, hasFacets: true) }

  /// Makes the entry of changed values.
  ///
  /// A prompt or a note that did not change is not folded again.
  package init(_ values: IndexedValues, before: IndexedValues, entry: IndexedText) {
    self.init(
      values,
      prompt: values.prompt.isIdentical(to: before.prompt)
        ? entry.prompt : Self.folded(values.prompt),
      note: values.note.isIdentical(to: before.note)
        ? entry.note : values.note.map(Self.folded) ?? [])
  }

  /// The part of an entry that is made from texts: prompt, note and tags.
  package static func wordsOnly(of values: IndexedValues) -> IndexedText {
    IndexedText(values, hasFacets: false)
  }

  private static func sorted(_ tags: [String]) -> [String] {
    tags.count < 2 ? tags : tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private init(_ values: IndexedValues, hasFacets: Bool) {
    self.init(
      values, prompt: Self.folded(values.prompt), note: values.note.map(Self.folded) ?? [],
      hasFacets: hasFacets)
  }

  private init(_ values: IndexedValues, prompt: [UInt8], note: [UInt8], hasFacets: Bool = true) {
    let tags = Self.sorted(values.tags)
    self.init(
      prompt: prompt, note: note, tag: Self.folded(tags: tags),
      facet: hasFacets ? Self.facets(values, tags: tags) : [])
  }

  private init(prompt: [UInt8], note: [UInt8], tag: [UInt8], facet: [UInt8]) {
    (self.prompt, self.note, self.tag, self.facet) = (prompt, note, tag, facet)
  }

  /// The columns in the order of the table.
  package var columns: [[UInt8]] { [prompt, note, tag, facet] }

  private static func folded(_ text: String) -> [UInt8] {
    var folding = TextFolding()
    folding.append(text)
    return folding.bytes
  }

  /// Returns the column of a prompt or of a note.
  ///
  /// - Parameter text: valid UTF-8.
  package static func folded(utf8 text: UnsafeRawBufferPointer) -> [UInt8] {
    var folding = TextFolding()
    folding.append(utf8: text.assumingMemoryBound(to: UInt8.self))
    return folding.bytes
  }

  private static func folded(tags: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, tag) in tags.enumerated() {
      TagTokens.appendWords(of: tag, to: &bytes, isFirst: index == 0)
    }
    return bytes
  }

  private static func facets(_ values: IndexedValues, tags: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    FacetColumn(values).append(
      rating: values.rating, isFavorite: values.isFavorite, tags: tags.count, to: &bytes
    ) { number, bytes in
      TagTokens.appendNames(of: tags[number], to: &bytes)
    }
    return bytes
  }
}

extension IndexedText {
  /// Returns the text to remove from the index and the text to add, so that this entry becomes
  /// another one.
  ///
  /// Both contain only the columns that differ. FTS5 replaces all positions of a token in an entry,
  /// in every column. So this is not possible if a token of these columns is in one of the others
  /// too.
  ///
  /// - Returns: nil if the whole entries must be removed and added.
  package func differences(to other: IndexedText) -> (old: IndexedText, new: IndexedText)? {
    let differ = zip(columns, other.columns).map { $0 != $1 }
    // No text contains a token of the facets.
    let texts = 0..<3
    let changed = texts.filter { differ[$0] }
      .flatMap { [columns[$0], other.columns[$0]] }.flatMap(Self.tokens)
    for column in texts where !differ[column] && !changed.isEmpty {
      if Self.contains(columns[column], anyOf: changed) { return nil }
    }
    return (keeping(differ), other.keeping(differ))
  }

  private static func tokens(of column: [UInt8]) -> [ArraySlice<UInt8>] {
    column.split(separator: UInt8(ascii: " "))
  }

  private static func contains(_ column: [UInt8], anyOf tokens: [ArraySlice<UInt8>]) -> Bool {
    column.withUnsafeBytes { column in
      tokens.contains { $0.withUnsafeBytes { token in Self.contains(column, token) } }
    }
  }

  /// Returns whether a token is in a column.
  package static func contains(
    _ column: UnsafeRawBufferPointer, _ token: UnsafeRawBufferPointer
  ) -> Bool {
    guard let base = column.baseAddress, let first = token.baseAddress else { return false }
    var start = 0
    while column.count - start >= token.count {
      let end =
        memchr(base + start, Int32(UInt8(ascii: " ")), column.count - start)
        .map { UnsafeRawPointer($0) - base } ?? column.count
      if end - start == token.count, memcmp(base + start, first, token.count) == 0 { return true }
      start = end + 1
    }
    return false
  }

  private func keeping(_ isKept: [Bool]) -> IndexedText {
    IndexedText(
      prompt: isKept[0] ? prompt : [], note: isKept[1] ? note : [], tag: isKept[2] ? tag : [],
      facet: isKept[3] ? facet : [])
  }
}
