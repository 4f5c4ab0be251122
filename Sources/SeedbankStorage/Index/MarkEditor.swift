internal import GRDB
import SeedbankModel

/// Changes the index with an edit of ratings, favorite flags and tags, some generations at a time.
///
/// The changes of the entries are known from the edit, so that rows need not be read again after it.
struct MarkEditor {
  private let database: Database
  private var tags = EntryTags()
  private var texts: EntryTexts

  /// - Parameter count: the number of generations of the whole edit.
  init(generations count: Int, in database: Database) throws {
    self.database = database
    texts = EntryTexts(
      in: database,
      readsLists: try EntryTexts.readsLists(forGenerations: count, in: database))
  }

  /// Returns the place by which `EntryMarks` knows a tag.
  mutating func place(of tag: TagName) -> Int { tags.place(of: tag) }

  /// Runs `edit`, which changes only ratings, favorite flags and tags of generations, and changes their entries.
  ///
  /// - Parameters:
  ///   - ids: the ids in ascending order without duplicates.
  ///   - change: sets the marks of a generation as `edit` sets them in the rows.
  mutating func editing(
    _ ids: [Int64], _ edit: () throws -> Void, change: (Int64, inout EntryMarks) -> Void
  ) throws {
    tags.forgetIDs()
    let entries = try MarkedEntries(ids, &tags, in: database)
    try edit()
    try texts.find(tags)
    var writer = try MarkWriter(entries, tags, in: database)
    try writer.write(reading: &texts, change)
  }
}
