internal import GRDB
import SeedbankQuery

/// Changes the index entries and facets of generations whose ratings, favorite flags or tags were edited.
///
/// The entries of many generations change in the same way, so each kind of change is worked out once.
struct MarkWriter {
  private let entries: MarkedEntries
  private let tags: EntryTags
  private let delete: Statement
  private let insert: Statement
  private var facets: FacetWriter
  /// The numbers of the facets, by the place of the tag or of the frame.
  private var tagFacets: [Int64?]
  private var frameFacets: [[Int64]?]
  private var changes: [EntryChange] = []
  private var places: [EntryChange.Key: Int] = [:]

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
  mutating func write(
    reading texts: inout EntryTexts, _ change: (Int64, inout EntryMarks) -> Void
  ) throws {
    var marks = EntryMarks()
    var key = EntryChange.Key()
    for row in entries.rows {
      marks.rating = row.rating
      marks.isFavorite = row.isFavorite
      marks.setTags(entries.tags[row.tags])
      change(row.id, &marks)
      let hasOtherTags = !marks.tags.elementsEqual(entries.tags[row.tags])
      guard hasOtherTags || marks.rating != row.rating || marks.isFavorite != row.isFavorite
      else { continue }
      key.set(row, entries.frames[row.frame].column, entries.tags[row.tags], marks)
      let place: Int
      if let known = places[key] {
        place = known
      } else {
        place = changes.count
        changes.append(try self.change(of: row, to: marks, hasOtherTags: hasOtherTags))
        places[key] = place
      }
      changes[place].generations += 1
      try write(row, changes[place], &texts)
    }
    for change in changes where change.hasOtherFacets {
      facets.count(change.oldFacets, change.newFacets, generations: change.generations)
    }
    try facets.finish()
  }

  private mutating func change(
    of row: MarkedEntries.Row, to marks: EntryMarks, hasOtherTags: Bool
  ) throws -> EntryChange {
    let frame = entries.frames[row.frame].column
    let oldTags = entries.tags[row.tags]
    let old = EntryColumns(
      frame, oldTags, rating: row.rating, isFavorite: row.isFavorite, withWords: hasOtherTags, tags)
    let new = EntryColumns(
      frame, marks.tags[...], rating: marks.rating, isFavorite: marks.isFavorite,
      withWords: hasOtherTags, tags)
    var change = EntryChange(from: old, to: new, in: frame)
    if hasOtherTags {
      change.oldFacets = try oldTags.map { try facet(ofTag: $0) }
      change.newFacets = try marks.tags.map { try facet(ofTag: $0) }
    }
    return change
  }

  private mutating func write(
    _ row: MarkedEntries.Row, _ change: EntryChange, _ texts: inout EntryTexts
  ) throws {
    if !change.isEmpty {
      // FTS5 replaces all positions of a token in an entry, in every column. So all texts are replaced if a word of
      // one of the tags is in one of them too.
      let isWhole = try change.wordsOf.contains {
        try texts.contain(wordOf: $0, tags, of: row.id)
      }
      let (prompt, note) = isWhole ? try texts.read(row.id).columns : ([], [])
      try IndexStatement.execute(
        delete, row.id, prompt: prompt, note: note, tag: change.oldTag[...],
        facet: change.oldMarks[...])
      try IndexStatement.execute(
        insert, row.id, prompt: prompt, note: note, tag: change.newTag[...],
        facet: change.newMarks[...])
    }
    if change.hasOtherFacets {
      try facets.set(row.id, to: change.newFacets + facets(ofFrame: row.frame))
    }
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
