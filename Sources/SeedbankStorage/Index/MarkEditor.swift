internal import GRDB
import SeedbankModel

/// Changes the index with an edit of ratings, favorite flags and tags, some generations at a time.
///
/// The changes of the entries are known from the edit, so that rows need not be read again after it.
struct MarkEditor {
  private let database: Database
  private var tags = EntryTags()
  private var words: TagWords

  init(_ words: TagWords, in database: Database) {
    self.database = database
    self.words = words
  }

  /// Returns the place by which `EntryMarks` knows a tag.
  mutating func place(of tag: TagName) -> Int { tags.place(of: tag) }

  /// Forgets which prompts and notes contain words of tags, because texts were changed.
  mutating func forgetTexts() { words.forget() }

  /// Runs `edit`, which changes only ratings, favorite flags and tags of generations, and changes their entries.
  ///
  /// - Parameters:
  ///   - ids: the ids in ascending order without duplicates.
  ///   - changesTags: whether `edit` may change tags.
  ///   - change: sets the marks of a generation as `edit` sets them in the rows.
  mutating func editing(
    _ ids: [Int64], changesTags: Bool, _ edit: () throws -> Void,
    change: (Int64, inout EntryMarks) -> Void
  ) throws {
    tags.forgetIDs()
    let entries = try MarkedEntries(ids, &tags, in: database)
    try edit()
    if changesTags { try words.find(tags, in: database) }
    var writer = try MarkWriter(entries, tags, words, in: database)
    try writer.write(change)
  }
}
