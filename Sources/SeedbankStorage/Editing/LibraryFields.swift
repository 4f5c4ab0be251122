internal import GRDB

/// Reads and writes fields of the library: the existence of tags, collections and saved searches.
enum LibraryFields {
  static func value(_ field: EditField, in database: Database) throws -> String? {
    switch field {
    case .tag(let name):
      let sql = "SELECT 1 FROM tag WHERE name = ?"
      return FieldValue.flag(
        try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [name.description])
          ?? false)
    case .collection(let name):
      let sql = "SELECT created_at FROM collection WHERE name = ?"
      return FieldValue.number(
        try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: [name]))
    case .search(let name):
      let sql = "SELECT query, created_at FROM saved_search WHERE name = ?"
      return try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [name]).map {
        SearchValue(query: $0[0], createdAt: $0[1]).json
      }
    case .erased:
      let sql = "SELECT 1 FROM library_edit WHERE field = ?"
      return FieldValue.flag(
        try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [field.description])
          ?? false)
    case .rating, .note, .favorite, .trashed, .revived, .metadata, .rawMetadata: return nil
    }
  }

  /// Gives the field its value.
  ///
  /// A tag or a collection that generations are still filed under stays. A value that cannot be read changes
  /// nothing: only nil removes.
  static func set(_ field: EditField, to value: String?, in database: Database) throws {
    switch field {
    case .tag(let name):
      if value != nil {
        _ = try TagTable.id(of: name, in: database)
      } else {
        try run(
          """
          DELETE FROM tag WHERE name = ?
            AND NOT EXISTS (SELECT 1 FROM generation_tag WHERE tag_id = tag.id)
          """, [name.description])
      }
    case .collection(let name):
      if let value {
        guard let createdAt = Int64(value) else { return }
        try run(
          """
          INSERT INTO collection(name, created_at) VALUES (?, ?)
          ON CONFLICT DO UPDATE SET created_at = excluded.created_at
          """, [name, createdAt])
      } else {
        try run(
          """
          DELETE FROM collection WHERE name = ?
            AND NOT EXISTS (SELECT 1 FROM collection_item WHERE collection_id = collection.id)
          """, [name])
      }
    case .search(let name):
      if let value {
        guard let search = SearchValue(json: value) else { return }
        try run(
          """
          INSERT INTO saved_search(name, query, created_at) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET query = excluded.query, created_at = excluded.created_at
          """, [name, search.query, search.createdAt])
      } else {
        try run("DELETE FROM saved_search WHERE name = ?", [name])
      }
    // Its stamp is all there is of it.
    case .erased: break
    case .rating, .note, .favorite, .trashed, .revived, .metadata, .rawMetadata: break
    }

    func run(_ sql: String, _ arguments: StatementArguments) throws {
      try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
  }
}
