internal import GRDB
import SeedbankQuery

extension SearchIndex {
  /// Removes the derived tables and recreates them from the rows.
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

  /// Removes the derived tables in any state and recreates them from the rows.
  ///
  /// If the process stops at any point, the catalog is either unchanged or completely rebuilt.
  ///
  /// - Parameter isNeeded: whether to rebuild them, which is asked in the transaction that does it.
  /// - Throws: `DatabaseError` if the rows cannot be read or nothing can be written.
  static func rebuild(
    through queue: DatabaseQueue, if isNeeded: (Database) throws -> Bool = { _ in true }
  ) throws {
    for removal in DerivedTables.Removal.allCases {
      do {
        try queue.write { if try isNeeded($0) { try rebuild(in: $0, removal) } }
        // Only `VACUUM` frees the pages of tables that were removed from the schema.
        if removal == .forgetting { try queue.vacuum() }
        return
      } catch let error as DatabaseError where removal != .forgetting && error.isDamage {
        continue
      }
    }
  }

  /// Merges the index into one segment, which is smaller and faster to read.
  ///
  /// This is useful after a bulk restore.
  static func optimize(in database: Database) throws {
    try database.execute(sql: "INSERT INTO search_index(search_index) VALUES ('optimize')")
  }

  /// Sets an option of FTS5.
  static func set(_ option: String, to value: Int, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO search_index(search_index, rank) VALUES (?, ?)", arguments: [option, value])
  }

  /// Returns whether the index was written with the current folding rules.
  static func isCurrent(in database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "SELECT rules FROM search_state") == rules
  }
}

extension DatabaseQueue {
  /// Rewrites the catalog without the pages that belong to no table.
  func vacuum() throws { try writeWithoutTransaction { try $0.execute(sql: "VACUUM") } }
}
