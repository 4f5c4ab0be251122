internal import GRDB

/// The tables that contain only data from other tables.
///
/// They are the search index with its shadow tables, the facets with their counts, and the version
/// of the folding rules. They can be removed and recreated in any state, even if SQLite cannot open
/// them.
enum DerivedTables {
  static let names = ["search_index", "facet", "facet_block", "search_state"]

  /// The tables in which FTS5 stores an index; its options determine which of them exist.
  private static let shadows = ["data", "idx", "content", "docsize", "config"].map {
    "search_index_\($0)"
  }

  static func contains(_ table: String) -> Bool {
    names.contains(table) || shadows.contains(table)
  }

  /// Returns whether the statement reads or changes only derived tables.
  static func areAllThatIsUsed(by sql: String) -> Bool {
    names.contains { sql.contains($0) } && !sql.contains("generation")
  }

  /// Returns an error message if a derived table is missing or differs from `schema.sql`; otherwise nil.
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

  /// A method to remove the tables; each method handles tables that the previous one cannot remove.
  ///
  /// Each method needs its own transaction. A transaction in which SQLite found damage cannot be
  /// committed.
  enum Removal: CaseIterable {
    /// Drops the tables with SQL.
    case dropping
    /// Removes the index from the schema, then drops its shadow tables.
    ///
    /// This works if FTS5 cannot open the index. The shadow tables are ordinary tables once the
    /// schema does not contain the index.
    case droppingParts
    /// Removes all of the tables from the schema without reading their pages.
    ///
    /// SQLite cannot drop a table with damaged pages. The pages belong to no table until `VACUUM`.
    case forgetting
  }

  /// Removes all derived tables and creates them empty, in the transaction of the caller.
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

  /// Removes tables and their indexes and triggers from the schema, without changing their pages.
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
  /// Whether the error means that the file is damaged.
  ///
  /// `SQLITE_NOMEM` counts as damage. If FTS5 reads a wrong length from a damaged page, it tries to
  /// allocate that much memory and fails.
  var isDamage: Bool { [.SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_NOMEM].contains(resultCode) }

  /// Whether the error means that only a derived table is damaged.
  var isIndexDamage: Bool {
    if extendedResultCode == .SQLITE_CORRUPT_VTAB { return true }
    switch resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOMEM:
      return sql.map(DerivedTables.areAllThatIsUsed) ?? false
    // A table or a column is missing, or FTS5 does not recognize the format of its data.
    case .SQLITE_ERROR:
      guard !exceedsLimit else { return false }
      return sql.map { sql in DerivedTables.names.contains { sql.contains($0) } } ?? false
    default: return false
    }
  }

  /// Whether the statement is too long or too nested for SQLite or FTS5, which says nothing about the
  /// file.
  private var exceedsLimit: Bool {
    guard let message else { return false }
    return ["parser stack overflow", "tree is too large", "too many"].contains {
      message.contains($0)
    }
  }
}
