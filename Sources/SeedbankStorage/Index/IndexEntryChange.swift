internal import GRDB
import SeedbankQuery

/// A change of the index entry of one generation.
struct IndexEntryChange {
  private let removed: IndexedText?
  private let added: IndexedText?

  /// - Parameters:
  ///   - before: the old values; nil if the generation had no entry.
  ///   - after: the new values; nil if the generation gets no entry.
  init(_ before: IndexedValues?, _ after: IndexedValues?) {
    guard let before, let after else {
      removed = before.map(IndexedText.init)
      added = after.map(IndexedText.init)
      return
    }
    let old = IndexedText(before)
    let new = IndexedText(after, before: before, entry: old)
    guard old != new else {
      (removed, added) = (nil, nil)
      return
    }
    let differing = old.differences(to: new)
    removed = differing?.old ?? old
    added = differing?.new ?? new
  }

  func write(_ id: Int64, in database: Database) throws {
    if let removed { try IndexStatement.delete.execute(id, removed, in: database) }
    if let added { try IndexStatement.insert.execute(id, added, in: database) }
  }
}
