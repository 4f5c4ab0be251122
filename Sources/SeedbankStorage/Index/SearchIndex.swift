internal import GRDB
import SeedbankQuery

/// The full-text index. It is derived from the rows and changed explicitly, beside them, in the
/// same transaction; `verify` proves that the two agree.
enum SearchIndex {
  /// The number of the folding rules; an index that another number wrote is rebuilt.
  static let rules = 1

  /// Enters a generation whose rows are complete; one in the trash stays out.
  static func add(_ id: Int64, in database: Database) throws {
    guard let values = try IndexSource.values(of: id, in: database) else { return }
    try IndexStatement.insert.execute(id, IndexedText(values), in: database)
    try FacetTable.count(values.facets, by: 1, in: database)
  }

  /// Takes a generation out, as its rows are now: call it before they change.
  static func remove(_ id: Int64, in database: Database) throws {
    guard let values = try IndexSource.values(of: id, in: database) else { return }
    try IndexStatement.delete.execute(id, IndexedText(values), in: database)
    try FacetTable.count(values.facets, by: -1, in: database)
  }

  /// Runs `edit`, which may change, trash, restore or delete the generations `ids` and no others.
  ///
  /// An entry can only be taken out of the index with the exact text that went in, hence the order.
  static func editing<Value>(
    _ ids: some Sequence<Int64>, in database: Database, _ edit: () throws -> Value
  ) throws -> Value {
    let ids = Set(ids).sorted()
    var before: [Int64: IndexedValues] = [:]
    for id in ids { before[id] = try IndexSource.values(of: id, in: database) }
    let value = try edit()
    for id in ids {
      let after = try IndexSource.values(of: id, in: database)
      try replace(before[id], with: after, id, in: database)
    }
    return value
  }

  private static func replace(
    _ before: IndexedValues?, with after: IndexedValues?, _ id: Int64, in database: Database
  ) throws {
    let old = before.map(IndexedText.init)
    let new = after.map(IndexedText.init)
    if old != new {
      if let old { try IndexStatement.delete.execute(id, old, in: database) }
      if let new { try IndexStatement.insert.execute(id, new, in: database) }
    }
    try FacetTable.count(before?.facets ?? [], by: -1, in: database)
    try FacetTable.count(after?.facets ?? [], by: 1, in: database)
  }
}
