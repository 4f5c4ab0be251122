internal import GRDB

/// Reads and writes single fields of generations by name, whatever table they stand in.
enum GenerationFields {
  /// The field's value as JSON, nil if there is none.
  static func value(
    _ field: EditField, of id: Int64, in database: Database
  ) throws -> String? {
    switch field {
    case .rating:
      return FieldValue.number(try fetch("SELECT rating FROM generation WHERE id = ?", [id]))
    case .note: return FieldValue.text(try fetch("SELECT note FROM generation WHERE id = ?", [id]))
    case .favorite:
      let flag: Bool? = try fetch("SELECT favorite FROM generation WHERE id = ?", [id])
      return FieldValue.flag(flag ?? false)
    case .trashed:
      return FieldValue.number(try fetch("SELECT trashed_at FROM generation WHERE id = ?", [id]))
    case .tag(let name):
      return FieldValue.flag(try fetch(tagSQL, [id, name.description]) ?? false)
    case .collection(let name): return FieldValue.number(try fetch(collectionSQL, [id, name]))
    case .metadata: return try MetadataTable.value(of: id, in: database)?.json
    case .rawMetadata: return try MetadataTable.raw(of: id, in: database)
    case .revived, .search, .erased: return nil
    }

    func fetch<Value: DatabaseValueConvertible & StatementColumnConvertible>(
      _ sql: String, _ arguments: StatementArguments
    ) throws -> Value? {
      try Value.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }
  }

  /// Gives the field its value; a tag or a collection that is not there yet is made.
  static func set(
    _ field: EditField, of id: Int64, to value: String?, at time: Int64, in database: Database
  ) throws {
    let number = value.flatMap { Int64($0) }
    switch field {
    case .rating: try run("UPDATE generation SET rating = ? WHERE id = ?", [number, id])
    case .note:
      try run("UPDATE generation SET note = ? WHERE id = ?", [FieldValue.string(value), id])
    case .favorite:
      try run("UPDATE generation SET favorite = ? WHERE id = ?", [value == FieldValue.yes, id])
    case .trashed: try run("UPDATE generation SET trashed_at = ? WHERE id = ?", [number, id])
    case .tag(let name):
      let tag = try TagTable.id(of: name, in: database)
      let sql =
        value == nil
        ? "DELETE FROM generation_tag WHERE generation_id = ? AND tag_id = ?"
        : "INSERT OR IGNORE INTO generation_tag(generation_id, tag_id) VALUES (?, ?)"
      try run(sql, [id, tag])
    case .collection(let name):
      let collection = try CollectionTable.id(of: name, madeAt: time, in: database)
      if let number {
        try run(
          """
          INSERT INTO collection_item(collection_id, generation_id, position) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET position = excluded.position
          """, [collection, id, number])
      } else {
        try run(
          "DELETE FROM collection_item WHERE collection_id = ? AND generation_id = ?",
          [collection, id])
      }
    case .metadata:
      if let metadata = value.flatMap(RecordedMetadata.init(json:)) {
        try MetadataTable.set(metadata, of: id, in: database)
      }
    case .rawMetadata: try MetadataTable.setRaw(value, of: id, in: database)
    case .revived, .search, .erased: break
    }

    func run(_ sql: String, _ arguments: StatementArguments) throws {
      try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
  }

  private static let tagSQL = """
    SELECT 1 FROM generation_tag AS gt JOIN tag AS t ON t.id = gt.tag_id
    WHERE gt.generation_id = ? AND t.name = ?
    """
  private static let collectionSQL = """
    SELECT position FROM collection_item AS i JOIN collection AS c ON c.id = i.collection_id
    WHERE i.generation_id = ? AND c.name = ?
    """
}
