internal import GRDB
import SeedbankQuery

/// Changes the index entries and facets of generations whose ratings, favorite flags or tags were edited.
struct MarkWriter {
  private let entries: MarkedEntries
  private let tags: EntryTags
  private let delete: Statement
  private let insert: Statement
  private var facets: FacetWriter
  /// The numbers of the facets, by the place of the tag or of the frame.
  private var tagFacets: [Int64?]
  private var frameFacets: [[Int64]?]
  private var old = Columns()
  private var new = Columns()

  /// What can change of an entry.
  private struct Columns {
    /// The column of the words of tags.
    var tag: [UInt8] = []
    /// The marks in the column of facets.
    var marks: [UInt8] = []
    /// The places of the tags, in the order of the entry.
    var sorted: [Int] = []
  }

  init(_ entries: MarkedEntries, _ tags: EntryTags, in database: Database) throws {
    self.entries = entries
    self.tags = tags
    delete = try database.cachedStatement(sql: IndexStatement.delete.rawValue)
    insert = try database.cachedStatement(sql: IndexStatement.insert.rawValue)
    facets = FacetWriter(database)
    tagFacets = [Int64?](repeating: nil, count: tags.all.count)
    frameFacets = [[Int64]?](repeating: nil, count: entries.frames.count)
  }

  /// Writes the changes; in the transaction of the edit.
  mutating func write(_ change: (Int64, inout EntryMarks) -> Void) throws {
    var marks = EntryMarks(rating: nil, isFavorite: false, tags: [], edited: tags.edited)
    for row in entries.rows {
      marks.rating = row.rating
      marks.isFavorite = row.isFavorite
      marks.setTags(entries.tags[row.tags])
      change(row.id, &marks)
      let hasOtherTags = !marks.tags.elementsEqual(entries.tags[row.tags])
      guard hasOtherTags || marks.rating != row.rating || marks.isFavorite != row.isFavorite
      else { continue }
      try write(row, marks, hasOtherTags: hasOtherTags)
    }
    try facets.finish()
  }

  private mutating func write(
    _ row: MarkedEntries.Row, _ marks: EntryMarks, hasOtherTags: Bool
  ) throws {
    let oldTags = entries.tags[row.tags]
    let frame = entries.frames[row.frame].column
    Self.compose(
      &old, frame, oldTags, rating: row.rating, isFavorite: row.isFavorite,
      withWords: hasOtherTags, tags)
    Self.compose(
      &new, frame, marks.tags[...], rating: marks.rating, isFavorite: marks.isFavorite,
      withWords: hasOtherTags, tags)
    try replace(row)
    if hasOtherTags {
      let frame = try facets(ofFrame: row.frame)
      let before = try oldTags.map { try facet(ofTag: $0) }
      let after = try marks.tags.map { try facet(ofTag: $0) }
      try facets.change(row.id, from: before + frame, to: after + frame)
    }
  }

  /// Replaces what differs in an entry.
  ///
  /// FTS5 replaces all positions of a token in an entry, in every column. So all texts are replaced if a word of a
  /// changed tag is in one of the others too.
  private func replace(_ row: MarkedEntries.Row) throws {
    let hasOtherWords = old.tag != new.tag
    let marks = MarkDifference(from: old.marks, to: new.marks)
    guard hasOtherWords || !marks.isEmpty else { return }
    let isWhole = hasOtherWords && sharesWord(row)
    let prompt = isWhole ? entries.prompts[row.prompt] : []
    let note = isWhole ? row.note[...] : []
    var (oldFacets, newFacets) = (marks.removed, marks.added)
    let column = entries.frames[row.frame].column
    if !marks.isEmpty, column.endsWithWords {
      oldFacets = column.column(withMarks: old.marks)[...]
      newFacets = column.column(withMarks: new.marks)[...]
    }
    try IndexStatement.execute(
      delete, row.id, prompt: prompt, note: note, tag: hasOtherWords ? old.tag[...] : [],
      facet: oldFacets)
    try IndexStatement.execute(
      insert, row.id, prompt: prompt, note: note, tag: hasOtherWords ? new.tag[...] : [],
      facet: newFacets)
  }

  /// Returns whether a word of the old or of the new tags is in the prompt or in the note.
  private func sharesWord(_ row: MarkedEntries.Row) -> Bool {
    entries.prompts.withUnsafeBytes { prompts in
      let prompt = UnsafeRawBufferPointer(rebasing: prompts[row.prompt])
      return row.note.withUnsafeBytes { note in
        func isShared(_ tag: Int) -> Bool {
          tags.all[tag].words.contains { word in
            word.withUnsafeBytes {
              IndexedText.contains(prompt, $0) || IndexedText.contains(note, $0)
            }
          }
        }
        return new.sorted.contains(where: isShared)
          || old.sorted.contains { !new.sorted.contains($0) && isShared($0) }
      }
    }
  }

  private static func compose(
    _ columns: inout Columns, _ frame: FacetColumn, _ places: ArraySlice<Int>, rating: Int?,
    isFavorite: Bool, withWords: Bool, _ tags: EntryTags
  ) {
    columns.sorted.removeAll(keepingCapacity: true)
    for place in places { insert(place, into: &columns.sorted, tags) }
    columns.tag.removeAll(keepingCapacity: true)
    if withWords {
      for (number, place) in columns.sorted.enumerated() {
        tags.all[place].tokens.appendWords(to: &columns.tag, isFirst: number == 0)
      }
    }
    columns.marks.removeAll(keepingCapacity: true)
    let sorted = columns.sorted
    frame.appendMarks(
      rating: rating, isFavorite: isFavorite, tags: sorted.count, to: &columns.marks
    ) { number, bytes in
      bytes.append(contentsOf: tags.all[sorted[number]].tokens.names)
    }
  }

  private static func insert(_ place: Int, into sorted: inout [Int], _ tags: EntryTags) {
    var index = sorted.count
    while index > 0,
      tags.all[place].order.lexicographicallyPrecedes(tags.all[sorted[index - 1]].order)
    {
      index -= 1
    }
    sorted.insert(place, at: index)
  }

  private mutating func facet(ofTag place: Int) throws -> Int64 {
    if let known = tagFacets[place] { return known }
    let number = try facets.number(of: Facet(kind: .tag, value: tags.all[place].name))
    tagFacets[place] = number
    return number
  }

  private mutating func facets(ofFrame place: Int) throws -> [Int64] {
    if let known = frameFacets[place] { return known }
    let numbers = try entries.frames[place].facets.map {
      try facets.number(of: Facet(kind: $0.kind, value: $0.value))
    }
    frameFacets[place] = numbers
    return numbers
  }
}
