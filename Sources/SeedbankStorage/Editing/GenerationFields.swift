internal import GRDB

/// Reads and writes single fields of generations by name, in any table.
enum GenerationFields {
  /// Returns the field's value as JSON; nil if it has none.
  static func value(
    _ field: EditField, of id: Int64, in database: Database
  ) throws -> String? {
    switch field {
    case .rating:
      return FieldValue.number(
        try database.integer("SELECT rating FROM generation WHERE id = ?", .integer(id)))
    case .note:
      let statement = try database.cachedStatement(sql: "SELECT note FROM generation WHERE id = ?")
      return FieldValue.text(try String.fetchOne(statement, arguments: [id]))
    case .favorite:
      let flag = try database.integer("SELECT favorite FROM generation WHERE id = ?", .integer(id))
      return FieldValue.flag(flag ?? 0 != 0)
    case .trashed:
      return FieldValue.number(
        try database.integer("SELECT trashed_at FROM generation WHERE id = ?", .integer(id)))
    case .tag(let name):
      let found = try database.integer(tagSQL, .integer(id), .text(name.description))
      return FieldValue.flag(found != nil)
    case .collection(let name):
      return FieldValue.number(try database.integer(collectionSQL, .integer(id), .text(name)))
    case .metadata: return try MetadataTable.value(of: id, in: database)?.json
    case .rawMetadata: return try MetadataTable.raw(of: id, in: database)
    case .revived, .search, .erased: return nil
    }
  }

  /// Gives the field its value.
  ///
  /// A tag or a collection that does not exist is created.
  static func set(
    _ field: EditField, of id: Int64, to value: String?, at time: Int64, in database: Database
  ) throws {
    let number = ColumnValue(value.flatMap { Int64($0) })
    switch field {
    case .rating:
      try database.run("UPDATE generation SET rating = ? WHERE id = ?", number, .integer(id))
    case .note:
      try database.run(
        "UPDATE generation SET note = ? WHERE id = ?", ColumnValue(FieldValue.string(value)),
        .integer(id))
    case .favorite:
      try database.run(
        "UPDATE generation SET favorite = ? WHERE id = ?",
        .integer(value == FieldValue.yes ? 1 : 0), .integer(id))
    case .trashed:
      try database.run("UPDATE generation SET trashed_at = ? WHERE id = ?", number, .integer(id))
    case .tag(let name):
      let tag = try TagTable.id(of: name, in: database)
      try database.run(
        value == nil
          ? "DELETE FROM generation_tag WHERE generation_id = ? AND tag_id = ?"
          : "INSERT OR IGNORE INTO generation_tag(generation_id, tag_id) VALUES (?, ?)",
        .integer(id), .integer(tag))
    case .collection(let name):
      let collection = try CollectionTable.id(of: name, madeAt: time, in: database)
      if number == .null {
        try database.run(
          "DELETE FROM collection_item WHERE collection_id = ? AND generation_id = ?",
          .integer(collection), .integer(id))
      } else {
        try database.run(
          """
          INSERT INTO collection_item(collection_id, generation_id, position) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET position = excluded.position
          """, .integer(collection), .integer(id), number)
      }
    case .metadata:
      if let metadata = value.flatMap(RecordedMetadata.init(json:)) {
        try MetadataTable.set(metadata, of: id, in: database)
      }
    case .rawMetadata: try MetadataTable.setRaw(value, of: id, in: database)
    case .revived, .search, .erased: break
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
