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
    switch field {
    case .note:
      try database.run(
        "UPDATE generation SET note = ? WHERE id = ?", ColumnValue(FieldValue.string(value)),
        .integer(id))
    case .metadata:
      if let metadata = value.flatMap(RecordedMetadata.init(json:)) {
        try MetadataTable.set(metadata, of: id, in: database)
      }
    case .rawMetadata: try MetadataTable.setRaw(value, of: id, in: database)
    case .rating, .favorite, .trashed, .tag, .collection, .revived, .search, .erased:
      try set(field, of: CollectionOfOne(id), to: .same(value), at: time, in: database)
    }
  }

  /// Gives the field of many generations its value, with one statement.
  ///
  /// Fields for which `FieldBatch` is nil are not changed. A tag or a collection that does not exist is created.
  static func set(
    _ field: EditField, of ids: some Collection<Int64>, to value: FieldAssignment, at time: Int64,
    in database: Database
  ) throws {
    let list = FieldBatch.list(ids)
    let these = "IN (SELECT value FROM json_each(?))"
    switch field {
    case .rating: try update("rating", value.number)
    case .trashed: try update("trashed_at", value.number)
    case .favorite:
      try update("favorite", .integer(value == .same(FieldValue.yes) ? 1 : 0))
    case .tag(let name):
      let tag = ColumnValue.integer(try TagTable.id(of: name, in: database))
      try database.run(
        value.isNone
          ? "DELETE FROM generation_tag WHERE tag_id = ? AND generation_id \(these)"
          : """
          INSERT OR IGNORE INTO generation_tag(tag_id, generation_id)
          SELECT ?, value FROM json_each(?)
          """, tag, list)
    case .collection(let name):
      let collection = ColumnValue.integer(
        try CollectionTable.id(of: name, madeAt: time, in: database))
      // A merged library can contain a value that is not a number.
      if value.number == .null {
        try database.run(
          "DELETE FROM collection_item WHERE collection_id = ? AND generation_id \(these)",
          collection, list)
      } else {
        let step = if case .numbered = value { "chosen.key" } else { "0" }
        try database.run(
          """
          INSERT INTO collection_item(collection_id, position, generation_id)
          SELECT ?, ? + \(step), chosen.value FROM json_each(?) AS chosen WHERE true
          ON CONFLICT DO UPDATE SET position = excluded.position
          """, collection, value.number, list)
      }
    case .note, .metadata, .rawMetadata, .revived, .search, .erased: break
    }

    func update(_ column: String, _ value: ColumnValue) throws {
      try database.run("UPDATE generation SET \(column) = ? WHERE id \(these)", value, list)
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
