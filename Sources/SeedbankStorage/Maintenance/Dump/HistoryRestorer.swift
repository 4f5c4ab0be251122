internal import GRDB

/// Restores a history into a library that has none.
///
/// A history belongs to one library, and a merge has only its result.
struct HistoryRestorer {
  private let database: Database
  private let isWanted: Bool
  private var change: (number: Int64, id: Int64)?
  private var sequence: Int64 = 0
  private var waiting: Row?

  init(_ database: Database) throws {
    self.database = database
    isWanted = try !(Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM change)") ?? true)
  }

  mutating func add(_ dumped: DumpedChange) throws {
    guard isWanted else { return }
    try finish()
    try database.cachedStatement(
      sql: "INSERT INTO change(at, actor, action, undone_at) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [
      dumped.at.milliseconds, dumped.actor, dumped.action, dumped.undoneAt?.milliseconds,
    ])
    change = (dumped.number, database.lastInsertedRowID)
    sequence = 0
  }

  /// Adds an item of the change that was added last.
  ///
  /// Items that follow each other and differ only in their generations share a row. The last row is written by
  /// `finish`.
  mutating func add(_ item: DumpedItem) throws {
    guard let change, change.number == item.change else { return }
    let row = Row(item)
    if let waiting, waiting.targets.isFull || !waiting.isLike(row) { try write(waiting) }
    if waiting == nil { waiting = row }
    if let target = item.target { try waiting?.targets.append(target.data) }
  }

  /// Writes the last row of the change; another one can follow.
  mutating func finish() throws {
    if let waiting { try write(waiting) }
  }

  private mutating func write(_ row: Row) throws {
    waiting = nil
    guard let change else { return }
    sequence += 1
    try row.recorded.insert(
      into: change.id, at: sequence, targets: row.isOfLibrary ? nil : row.targets.bytes,
      in: database)
  }

  private struct Row {
    let isOfLibrary: Bool
    let recorded: RecordedChange
    var targets = ChangeTargets()

    init(_ item: DumpedItem) {
      isOfLibrary = item.target == nil
      recorded = RecordedChange(field: item.field, before: item.before, after: item.after)
    }

    /// Whether both can be one row.
    func isLike(_ other: Row) -> Bool {
      !isOfLibrary && !other.isOfLibrary && recorded == other.recorded
    }
  }
}
