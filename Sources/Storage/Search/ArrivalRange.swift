internal import GRDB

/// The ids between which everything lies that was created within some time.
///
/// Generations that are not `late` were created in the order of their ids, so a stretch of time is a
/// stretch of ids, found at both ends by one look into the index. Late ones, as imports of old
/// pictures make, widen it, and then the rows must be asked for their time as well.
struct ArrivalRange {
  /// Nil: there are none.
  let ids: ClosedRange<Int64>?
  /// Whether everything with such an id was created within the time.
  let isExact: Bool

  init(created: (from: Timestamp?, to: Timestamp?), in database: Database) throws {
    let from = created.from?.milliseconds ?? .min
    let to = created.to?.milliseconds ?? .max
    func id(_ sql: String, _ arguments: StatementArguments) throws -> Int64? {
      try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }
    let bounds = "late = ? AND created_at >= ? AND created_at < ?"
    let first = try id(
      "SELECT id FROM generation WHERE \(bounds) ORDER BY created_at, id LIMIT 1", [0, from, to])
    let last = try id(
      "SELECT id FROM generation WHERE \(bounds) ORDER BY created_at DESC, id DESC LIMIT 1",
      [0, from, to])
    let anyLate = try id("SELECT id FROM generation WHERE late = 1 LIMIT 1", [])
    var ends = [first, last].compactMap { $0 }
    if anyLate != nil {
      let statement = try database.cachedStatement(
        sql: "SELECT min(id), max(id) FROM generation WHERE \(bounds)")
      if let row = try Row.fetchOne(statement, arguments: [1, from, to]) {
        ends += [row[0], row[1]].compactMap { $0 as Int64? }
      }
    }
    if let first = ends.min(), let last = ends.max() { ids = first...last } else { ids = nil }
    isExact = anyLate == nil
  }
}
