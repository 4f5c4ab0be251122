internal import GRDB

/// The distinct values of an indexed column that has few values.
enum DistinctValues {
  /// Returns the values in alphabetical order, with one step in the index for each.
  static func of(
    _ column: String, in table: String, _ database: Database
  ) throws -> [String] {
    try String.fetchAll(
      database.cachedStatement(
        sql: """
          WITH RECURSIVE known(value) AS (
            SELECT min(\(column)) FROM \(table)
            UNION ALL
            SELECT (SELECT min(t.\(column)) FROM \(table) AS t WHERE t.\(column) > known.value)
            FROM known WHERE known.value IS NOT NULL)
          SELECT value FROM known WHERE value IS NOT NULL
          """))
  }
}

extension Library {
  /// Returns the tools that created the imported images, in alphabetical order.
  package func tools() throws -> [String] {
    try read { try DistinctValues.of("tool", in: "provenance", $0) }
  }
}
