internal import GRDB
import SeedbankModel

/// What an edit of ratings, favorite flags or tags finds in some generations, before it changes them.
struct EditPage {
  /// What each assignment changes, in the order of the assignments.
  let changes: [FieldChanges]
  let entries: MarkedEntries
  let tags: EntryTags
  let words: TagWords
}

/// Reads the pages of an edit of ratings, favorite flags or tags.
struct EditPageReader {
  /// The usual maximum number of generations of a page.
  ///
  /// Three pages can be in memory: one that is written, one that waits, and one that is read. FTS5 writes its buffer with
  /// the first statement of each page that changes several rows.
  static let pageSize = 16_384

  private let assignments: [EditAssignment]
  /// What the assignments set in an entry, in their order.
  let marks: [MarkChange]
  private var tags = EntryTags()
  private var words: TagWords

  /// - Parameters:
  ///   - assignments: to different fields.
  ///   - count: the number of generations of the whole edit.
  init(_ assignments: [EditAssignment], generations count: Int, in database: Database) throws {
    self.assignments = assignments
    var tags = EntryTags()
    marks = assignments.compactMap { assignment in
      guard case .same(let value) = assignment.value else { return nil }
      return MarkChange(assignment.field, value) { tags.place(of: $0) }
    }
    self.tags = tags
    words = try TagWords(forGenerations: count, in: database)
  }

  /// Reads the page of some generations; pages are read in the order of ids.
  ///
  /// - Parameter ids: in ascending order without duplicates.
  mutating func page(_ ids: [Int64], in database: Database) throws -> EditPage {
    let changes = try assignments.changes(of: ids, in: database)
    tags.forgetIDs()
    let entries = try MarkedEntries(ids, &tags, in: database)
    if marks.contains(where: \.isOfTag) { try words.find(tags, in: database) }
    return EditPage(changes: changes, entries: entries, tags: tags, words: words)
  }
}
