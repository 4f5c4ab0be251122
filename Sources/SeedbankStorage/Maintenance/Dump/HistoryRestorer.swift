internal import GRDB

/// Restores a history into a library that has none.
///
/// A history belongs to one library, and a merge has only its result.
struct HistoryRestorer {
  private let database: Database
  private let isWanted: Bool
  private var change: (number: Int64, id: Int64)?
  private var sequence = 0

  init(_ database: Database) throws {
    self.database = database
    isWanted = try !(Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM change)") ?? true)
  }

  mutating func add(_ dumped: DumpedChange) throws {
    guard isWanted else { return }
    try database.cachedStatement(
      sql: "INSERT INTO change(at, actor, action, undone_at) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      dumped.at.milliseconds, dumped.actor, dumped.action, dumped.undoneAt?.milliseconds,
    ])
    change = (dumped.number, database.lastInsertedRowID)
    sequence = 0
  }

  mutating func add(_ item: DumpedItem) throws {
    guard let change, change.number == item.change else { return }
    sequence += 1
    try database.cachedStatement(
      sql: """
        INSERT INTO change_item(change_id, sequence, target, field, before, after)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      change.id, sequence, item.target?.data, item.field, item.before, item.after,
    ])
  }
}
