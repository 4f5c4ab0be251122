internal import GRDB

/// Leaves the indexes that a restore does not need until its end, when there is nothing in the tables
/// yet: sorted once they take a fraction of the time that a million insertions in no order do.
///
/// Dropping and making an index is part of the transaction like any other change.
struct DeferredIndexes {
  private let database: Database
  private var statements: [(table: String, sql: String)]

  /// Whether there was nothing before, so that the indexes were dropped.
  let areDropped: Bool

  init(_ database: Database) throws {
    self.database = database
    areDropped =
      try Bool.fetchOne(database, sql: "SELECT NOT EXISTS (SELECT 1 FROM generation)") ?? false
    statements = []
    guard areDropped else { return }
    // A unique index is a rule and stays.
    let indexes = try Row.fetchAll(
      database,
      sql: """
        SELECT tbl_name, sql, name FROM sqlite_schema
        WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' ORDER BY rowid
        """)
    statements = indexes.map { ($0[0], $0[1]) }
    for index in indexes { try database.execute(sql: "DROP INDEX \(index[2] as String)") }
  }

  /// Makes those of one table, or all that are not there yet.
  mutating func make(of table: String? = nil) throws {
    for (owner, sql) in statements where table == nil || owner == table {
      try database.execute(sql: sql)
    }
    statements.removeAll { table == nil || $0.table == table }
  }
}
