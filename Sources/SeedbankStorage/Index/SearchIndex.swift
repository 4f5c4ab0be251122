internal import GRDB
import SeedbankQuery

/// The full-text index.
///
/// It is derived from the rows. It is changed explicitly, in the same transaction as the rows.
/// `verify` checks that the index and the rows agree.
enum SearchIndex {
  /// The version of the folding rules; an index with an older version is updated when the library is
  /// opened.
  ///
  /// In version 1, the tokens of tags, models and sizes were not composed: が was か and a mark.
  static let rules = 2

  /// Adds a generation whose rows are complete.
  ///
  /// A generation in the trash is not added.
  static func add(_ id: Int64, in database: Database) throws {
    try change(nil, to: IndexSource.values(of: id, in: database), id, in: database)
  }

  /// Removes a generation by its current rows, so call this before the rows change.
  static func remove(_ id: Int64, in database: Database) throws {
    try change(IndexSource.values(of: id, in: database), to: nil, id, in: database)
  }

  private static func change(
    _ before: IndexedValues?, to after: IndexedValues?, _ id: Int64, in database: Database
  ) throws {
    var writer = try IndexEntryWriter(database)
    try writer.change(id, from: before, to: after)
    try writer.finish()
  }

  /// Runs `edit`, which may change, trash, restore or delete only the generations `ids`.
  ///
  /// FTS5 removes an entry only if it gets the exact text that was added. So entries are removed
  /// before `edit` and added after it.
  static func editing<Value>(
    _ ids: some Sequence<Int64>, in database: Database, _ edit: () throws -> Value
  ) throws -> Value {
    let ids = Set(ids).sorted()
    let before = try IndexSource.values(of: ids, in: database)
    let value = try edit()
    let after = try IndexSource.values(of: ids, in: database)
    var writer = try IndexEntryWriter(database)
    for id in ids where before[id] != after[id] {
      try writer.change(id, from: before[id], to: after[id])
    }
    try writer.finish()
    return value
  }

  /// Runs `edit`, which changes `count` entries with one `editing` after the other.
  ///
  /// FTS5 writes its buffer if the id of an entry is lower than the last one, or if the buffer is
  /// full. For many entries the buffer is larger, and FTS5 merges less often.
  static func editingMany<Value>(
    _ count: Int, in database: Database, _ edit: () throws -> Value
  ) throws -> Value {
    guard count >= Database.manyGenerations else { return try edit() }
    try gatherMore(in: database)
    let value = try edit()
    try gatherAsUsual(in: database)
    return value
  }

  /// Makes FTS5 use a larger buffer and merge nothing until `gatherAsUsual` is called.
  ///
  /// A buffer of 32 MB saves no time.
  static func gatherMore(in database: Database) throws {
    try set("hashsize", to: 1 << 23, in: database)
    try set("automerge", to: 0, in: database)
  }

  /// Restores the default options of FTS5.
  static func gatherAsUsual(in database: Database) throws {
    try set("hashsize", to: 1 << 20, in: database)
    try set("automerge", to: 4, in: database)
  }
}
