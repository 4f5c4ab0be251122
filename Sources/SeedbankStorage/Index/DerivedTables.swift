internal import GRDB

/// The tables that only repeat what other tables say: the search index with its shadow tables, the
/// facets with their counts, and the number of the folding rules.
///
/// They can be removed and created again whatever state they are in, also when SQLite cannot open them.
enum DerivedTables {
  static let names = ["search_index", "facet", "facet_block", "search_state"]

  /// The tables in which FTS5 keeps an index; which of them exist depends on its options.
  private static let shadows = ["data", "idx", "content", "docsize", "config"].map {
    "search_index_\($0)"
  }

  static func contains(_ table: String) -> Bool {
    names.contains(table) || shadows.contains(table)
  }

  /// Whether the statement reads or changes nothing but derived tables.
  static func areAllThatIsUsed(by sql: String) -> Bool {
    names.contains { sql.contains($0) } && !sql.contains("generation")
  }

  /// Says which derived table is missing or defined otherwise than in `schema.sql`; nil if none is.
  static func wrongDefinition(in database: Database) throws -> String? {
    for name in names {
      let found = try String.fetchOne(
        database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [name])
      guard let found else { return "the table \(name) is missing" }
      let expected = try CatalogSchema.statement(creating: name)
      if CatalogSchema.withoutComments(found) != CatalogSchema.withoutComments(expected) {
        return "the table \(name) has another definition"
      }
    }
    return nil
  }

  /// How the tables are removed: the next way is for tables that the one before cannot remove.
  ///
  /// Each way needs a transaction of its own, since one in which SQLite met damage cannot be committed.
  enum Removal: CaseIterable {
    /// As SQLite removes tables.
    case dropping
    /// The shadow tables of an index that FTS5 cannot open are ordinary tables once the schema does not
    /// name the index any more.
    case droppingParts
    /// Damaged pages cannot be walked. The schema forgets all of the tables, and their pages are left
    /// without an owner until `VACUUM`.
    case forgetting
  }

  /// Removes all derived tables and creates them empty, in the caller's transaction.
  static func recreate(in database: Database, _ removal: Removal) throws {
    if removal == .droppingParts { try forget(["search_index"], in: database) }
    if removal == .forgetting { try forget(names + shadows, in: database) }
    for name in names + shadows {
      let type = try String.fetchOne(
        database, sql: "SELECT type FROM sqlite_schema WHERE name = ?", arguments: [name])
      if let type { try database.execute(sql: "DROP \(type) \(name)") }
    }
    for name in names {
      try database.execute(sql: CatalogSchema.statement(creating: name))
    }
    try database.execute(
      sql: "INSERT INTO search_state(rules) VALUES (?)", arguments: [SearchIndex.rules])
  }

  /// Removes tables, and what hangs on them, from the schema without touching their pages.
  static func forget(_ tables: [String], in database: Database) throws {
    try database.execute(sql: "PRAGMA writable_schema = ON")
    defer { try? database.execute(sql: "PRAGMA writable_schema = RESET") }
    for name in tables {
      try database.execute(
        sql: "DELETE FROM sqlite_schema WHERE name = :name OR tbl_name = :name",
        arguments: ["name": name])
    }
  }
}

extension DatabaseError {
  /// Whether something in the file is other than SQLite or FTS5 left it.
  ///
  /// FTS5 takes the lengths that it reads from damaged pages for sizes of memory, and reports that there is
  /// not so much.
  var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_NOMEM].contains(resultCode) }

  /// Whether a derived table is damaged, and no other one.
  var isIndexDamage: Bool {
    if extendedResultCode == .SQLITE_CORRUPT_VTAB { return true }
    switch resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOMEM:
      return sql.map(DerivedTables.areAllThatIsUsed) ?? false
    // A table or a column is missing, or FTS5 does not know the format of what it finds.
    case .SQLITE_ERROR:
      return sql.map { sql in DerivedTables.names.contains { sql.contains($0) } } ?? false
    default: return false
    }
  }
}
