internal import GRDB

/// Leaves the indexes that a restore does not need until its end, when there is nothing in the tables
/// yet: sorted once they take a fraction of the time that a million insertions in no order do.
///
/// Dropping and making an index is part of the transaction like any other change.
struct DeferredIndexes {
  private let database: Database
  private let statements: [String]

  /// Whether there was nothing before, so that the indexes were dropped.
  var areDropped: Bool { !statements.isEmpty }

  init(_ database: Database) throws {
    self.database = database
    let isEmpty = try Bool.fetchOne(
      database, sql: "SELECT NOT EXISTS (SELECT 1 FROM generation)")
    guard isEmpty == true else {
      statements = []
      return
    }
    // A unique index is a rule and stays, as does the one that finds a prompt by its text.
    let indexes = try Row.fetchAll(
      database,
      sql: """
        SELECT name, sql FROM sqlite_schema
        WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' AND name <> 'prompt_hash' ORDER BY rowid
        """)
    statements = indexes.map { $0[1] }
    for index in indexes { try database.execute(sql: "DROP INDEX \(index[0] as String)") }
  }

  func make() throws {
    for statement in statements { try database.execute(sql: statement) }
  }
}
