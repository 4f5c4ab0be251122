internal import GRDB

/// The tools that imported images come from.
enum ToolTable {
  /// Their names in alphabetical order, found by one step in the index for each.
  static func names(in database: Database) throws -> [String] {
    try String.fetchAll(
      database.cachedStatement(
        sql: """
          WITH RECURSIVE known(tool) AS (
            SELECT min(tool) FROM provenance
            UNION ALL
            SELECT (SELECT min(p.tool) FROM provenance AS p WHERE p.tool > known.tool) FROM known
            WHERE known.tool IS NOT NULL)
          SELECT tool FROM known WHERE tool IS NOT NULL
          """))
  }
}

extension Library {
  /// The tools that imported images come from, in alphabetical order.
  public func tools() throws -> [String] { try read { try ToolTable.names(in: $0) } }
}
