internal import GRDB
import SeedbankModel

/// One field of many generations, read and written with a few statements for all of them.
///
/// Row by row, an edit of 400,000 generations spends most of its time on calls into SQLite.
struct FieldBatch {
  private let database: Database
  private let field: EditField
  /// The value as JSON, of the generation `g`.
  private let valueSQL: String

  /// Nil for a field that is read and written row by row.
  init?(_ field: EditField, in database: Database) throws {
    self.database = database
    self.field = field
    switch field {
    case .rating: valueSQL = "CAST(g.rating AS TEXT)"
    case .favorite: valueSQL = "CASE WHEN g.favorite <> 0 THEN 'true' END"
    case .trashed: valueSQL = "CAST(g.trashed_at AS TEXT)"
    case .tag(let name):
      let tag = try database.integer(
        "SELECT id FROM tag WHERE name = ?", .text(name.description))
      valueSQL = Self.sql(of: "'true'", in: "generation_tag", where: "tag_id", is: tag)
    case .collection(let name):
      let collection = try CollectionTable.find(name, in: database)
      valueSQL = Self.sql(
        of: "CAST(position AS TEXT)", in: "collection_item", where: "collection_id",
        is: collection)
    case .note, .metadata, .rawMetadata, .revived, .search, .erased: return nil
    }
  }

  private static func sql(
    of value: String, in table: String, where column: String, is id: Int64?
  ) -> String {
    guard let id else { return "NULL" }
    return "(SELECT \(value) FROM \(table) WHERE generation_id = g.id AND \(column) = \(id))"
  }

  /// What giving the field `value` changes.
  ///
  /// Generations that do not exist are left out.
  func changes(of ids: some Collection<Int64>, to value: FieldAssignment) throws -> FieldChanges {
    var changes = FieldChanges()
    var rows = try RawRows(
      """
      SELECT g.id, g.uid, \(valueSQL)
      FROM json_each(?) AS chosen CROSS JOIN generation AS g ON g.id = chosen.value
      ORDER BY chosen.key
      """, Self.list(ids), in: database)
    while try rows.next() {
      try changes.add(
        rows.integer(0), uid: rows.bytes(1), before: rows.optionalText(2), value)
    }
    return changes
  }

  /// The values of those generations that have one.
  func values(of ids: some Collection<Int64>) throws -> [Int64: String] {
    var rows = try RawRows(
      """
      SELECT g.id, \(valueSQL)
      FROM json_each(?) AS chosen CROSS JOIN generation AS g ON g.id = chosen.value
      """, Self.list(ids), in: database)
    var values: [Int64: String] = [:]
    values.reserveCapacity(ids.count)
    while try rows.next() {
      if !rows.isNull(1) { values[rows.integer(0)] = rows.text(1) }
    }
    return values
  }

  /// Gives the field of all these generations its value.
  ///
  /// A tag or a collection that does not exist is created.
  func set(_ value: FieldAssignment, of ids: some Collection<Int64>, at time: Int64) throws {
    try GenerationFields.set(field, of: ids, to: value, at: time, in: database)
  }

  static func list(_ ids: some Collection<Int64>) -> ColumnValue { .text(JSONList.text(ids)) }
}
