internal import GRDB
import SeedbankQuery

/// The full-text index.
///
/// It is derived from the rows and changed explicitly, beside them, in the same transaction;
/// `verify` proves that the two agree.
enum SearchIndex {
  /// The number of the folding rules; an index that another number wrote is rebuilt.
  static let rules = 1

  /// Adds a generation whose rows are complete.
  ///
  /// One in the trash is not added.
  static func add(_ id: Int64, in database: Database) throws {
    try change(nil, to: IndexSource.values(of: id, in: database), id, in: database)
  }

  /// Removes a generation, as its rows are now: call it before they change.
  static func remove(_ id: Int64, in database: Database) throws {
    try change(IndexSource.values(of: id, in: database), to: nil, id, in: database)
  }

  private static func change(
    _ before: IndexedValues?, to after: IndexedValues?, _ id: Int64, in database: Database
  ) throws {
    var facets = FacetWriter(database)
    try IndexEntryChange(before, after).write(id, in: database)
    try facets.change(id, from: before?.facets ?? [], to: after?.facets ?? [])
    try facets.finish()
  }

  /// Runs `edit`, which may change, trash, restore or delete the generations `ids` and no others.
  ///
  /// An entry can only be removed from the index with the exact text that went in, hence the order.
  static func editing<Value>(
    _ ids: some Sequence<Int64>, in database: Database, _ edit: () throws -> Value
  ) throws -> Value {
    let ids = Set(ids).sorted()
    let before = try IndexSource.values(of: ids, in: database)
    let value = try edit()
    let after = try IndexSource.values(of: ids, in: database)
    var facets = FacetWriter(database)
    for id in ids where before[id] != after[id] {
      try IndexEntryChange(before[id], after[id]).write(id, in: database)
      try facets.change(id, from: before[id]?.facets ?? [], to: after[id]?.facets ?? [])
    }
    try facets.finish()
    return value
  }

  /// Runs `edit`, which changes `count` entries, one `editing` after the other.
  ///
  /// FTS5 writes what it has gathered whenever an entry comes before the last one, or memory is full. For
  /// many entries it gathers more, and merges what it wrote less often.
  static func editingMany<Value>(
    _ count: Int, in database: Database, _ edit: () throws -> Value
  ) throws -> Value {
    guard count >= many else { return try edit() }
    try gatherMore(in: database)
    let value = try edit()
    try gatherAsUsual(in: database)
    return value
  }

  private static let many = 5_000

  /// Makes FTS5 gather more in memory before it writes, and merge nothing, until `gatherAsUsual`.
  static func gatherMore(in database: Database) throws {
    try set("hashsize", to: 1 << 25, in: database)
    try set("automerge", to: 0, in: database)
  }

  /// Sets FTS5's own defaults.
  static func gatherAsUsual(in database: Database) throws {
    try set("hashsize", to: 1 << 20, in: database)
    try set("automerge", to: 4, in: database)
  }
}
