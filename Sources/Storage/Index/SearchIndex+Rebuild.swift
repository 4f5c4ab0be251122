internal import GRDB

extension SearchIndex {
  /// Makes the index and the counts of facets anew from the rows.
  static func rebuild(in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO search_index(search_index) VALUES ('delete-all');
        DELETE FROM facet;
        DELETE FROM search_state;
        """)
    try database.execute(sql: "INSERT INTO search_state(rules) VALUES (?)", arguments: [rules])
    var writer = try BulkIndexWriter(database)
    try IndexSource.forEach(in: database) { id, values in
      try writer.add(id, IndexedText(values), values.facets)
    }
    try writer.finish(optimizing: true)
  }

  /// Merges the index into one piece: smaller, and quicker to read; worth it after a bulk restore.
  static func optimize(in database: Database) throws {
    try database.execute(sql: "INSERT INTO search_index(search_index) VALUES ('optimize')")
  }

  /// Sets one of FTS5's options.
  static func set(_ option: String, to value: Int, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO search_index(search_index, rank) VALUES (?, ?)", arguments: [option, value])
  }

  /// Whether the index was written with today's folding rules.
  static func isCurrent(in database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT rules FROM search_state") == rules
  }
}
