internal import GRDB
import SeedbankQuery

extension SearchIndex {
  /// Removes the derived tables and makes them anew from the rows.
  static func rebuild(
    in database: Database, _ removal: DerivedTables.Removal = .dropping
  ) throws {
    try DerivedTables.recreate(in: database, removal)
    var writer = try BulkIndexWriter(database)
    try IndexSource.forEach(in: database) { id, values in
      try writer.add(id, IndexedText(values), values.facets)
    }
    try writer.finish(optimizing: true)
  }

  /// Removes the derived tables, whatever state they are in, and makes them anew from the rows.
  ///
  /// Stopped at any moment, the catalog is as it was before or as it is afterwards.
  /// - Throws: `DatabaseError`, if the rows cannot be read or nothing can be written.
  static func rebuild(through queue: DatabaseQueue) throws {
    for removal in DerivedTables.Removal.allCases {
      do {
        try queue.write { try rebuild(in: $0, removal) }
        // Only this frees the pages that the schema forgot.
        if removal == .forgetting { try queue.vacuum() }
        return
      } catch let error as DatabaseError where removal != .forgetting && error.isDamage {
        continue
      }
    }
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

extension DatabaseQueue {
  /// Writes the catalog anew, without the pages that belong to no table.
  func vacuum() throws { try writeWithoutTransaction { try $0.execute(sql: "VACUUM") } }
}
