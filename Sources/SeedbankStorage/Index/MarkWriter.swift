internal import GRDB
import SeedbankQuery

/// Changes the index entries and facets of generations whose ratings, favorite flags or tags were edited.
///
/// The entries of many generations change in the same way, so each kind of change is worked out once.
struct MarkWriter {
  private let entries: MarkedEntries
  private let tags: EntryTags
  private var texts: EntryTexts
  private let delete: Statement
  private let insert: Statement
  private var facets: FacetWriter
  /// The numbers of the facets, by the place of the tag or of the frame.
  private var tagFacets: [Int64?]
  private var frameFacets: [[Int64]?]
  private var changes: [EntryChange] = []
  /// The number of generations that change in each way.
  private var counts: [Int] = []
  private var places: [EntryChange.Key: Int] = [:]

  init(
    _ entries: MarkedEntries, _ tags: EntryTags, _ words: TagWords, in database: Database
  ) throws {
    self.entries = entries
    self.tags = tags
    texts = EntryTexts(in: database, words)
    delete = try database.cachedStatement(sql: IndexStatement.delete.rawValue)
    insert = try database.cachedStatement(sql: IndexStatement.insert.rawValue)
    facets = FacetWriter(database)
    tagFacets = [Int64?](repeating: nil, count: tags.all.count)
    frameFacets = [[Int64]?](repeating: nil, count: entries.frames.count)
  }

  /// Writes the changes; in the transaction of the edit.
  ///
  /// - Parameter change: sets the marks of a generation as the edit set them in the rows.
  mutating func write(_ change: (Int64, inout EntryMarks) -> Void) throws {
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
        counts.append(0)
        places[key] = place
      }
      counts[place] += 1
      try write(row, place)
    }
    for (change, count) in zip(changes, counts) where change.hasOtherFacets {
      facets.count(change.oldFacets, change.newFacets, generations: count)
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

  /// - Parameter place: of the change in `changes`, whose many arrays are not copied for each generation.
  private mutating func write(_ row: MarkedEntries.Row, _ place: Int) throws {
    if !changes[place].isEmpty {
      // FTS5 replaces all positions of a token in an entry, in every column. So all texts are replaced if a word of
      // one of the tags is in one of them too.
      var isWhole = false
      for tag in changes[place].wordsOf where !isWhole {
        isWhole = try texts.contain(wordOf: tag, tags, of: row.id)
      }
      let (prompt, note) = isWhole ? try texts.read(row.id).columns : ([], [])
      try IndexStatement.execute(
        delete, row.id, prompt: prompt, note: note, tag: changes[place].oldTag[...],
        facet: changes[place].oldMarks[...])
      try IndexStatement.execute(
        insert, row.id, prompt: prompt, note: note, tag: changes[place].newTag[...],
        facet: changes[place].newMarks[...])
    }
    if changes[place].hasOtherFacets {
      try facets.set(row.id, to: changes[place].newFacets + facets(ofFrame: row.frame))
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
