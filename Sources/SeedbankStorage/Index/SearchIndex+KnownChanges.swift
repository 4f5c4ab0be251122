internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Changes of entries that are known from the edit, so that rows need not be read again after it.
extension SearchIndex {
  /// Runs `edit`, which removes generations from the index.
  ///
  /// - Parameter ids: the ids in ascending order without duplicates.
  static func removing(
    _ ids: [Int64], in database: Database, _ edit: () throws -> Void
  ) throws {
    let before = try IndexSource.values(of: ids, in: database)
    try edit()
    var writer = try IndexEntryWriter(database)
    for id in ids {
      if let old = before[id] { try writer.change(id, from: old, to: nil) }
    }
    try writer.finish()
  }

  /// Runs `edit`, which changes only ratings, favorite flags and some tags of generations.
  ///
  /// - Parameters:
  ///   - ids: the ids in ascending order without duplicates.
  ///   - tags: the tags that are added or removed. If there are none, no texts are read.
  ///   - change: sets the marks of a generation as `edit` sets them in the rows.
  static func editingMarks(
    _ ids: [Int64], tags: [TagName] = [], in database: Database, _ edit: () throws -> Void,
    change: (Int64, inout EntryMarks) -> Void
  ) throws {
    var tokens = EntryTags(tags)
    let entries = try MarkedEntries(ids, &tokens, readsTexts: !tags.isEmpty, in: database)
    try edit()
    var writer = try MarkWriter(entries, tokens, in: database)
    try writer.write(change)
  }
}
