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

  /// The generations in which `value` changes something, in the order of `ids`.
  ///
  /// Those that do not exist are left out.
  func ids(among ids: some Collection<Int64>, changedBy value: FieldAssignment) throws -> [Int64] {
    let unwanted: ColumnValue =
      if case .same(let value) = value { ColumnValue(value) } else { .null }
    let condition = if case .same = value { "IS NOT" } else { "IS" }
    var rows = try RawRows(
      """
      SELECT g.id FROM json_each(?) AS chosen CROSS JOIN generation AS g ON g.id = chosen.value
      WHERE \(valueSQL) \(condition) ? ORDER BY chosen.key
      """, Self.list(ids), unwanted, in: database)
    var found: [Int64] = []
    while try rows.next() { found.append(rows.integer(0)) }
    return found
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

  /// Enters in the history what `set` will change; called before it, for generations that exist.
  ///
  /// - Parameter sequence: of the first item.
  func note(
    _ value: FieldAssignment, of ids: some Collection<Int64>, change: Int64, from sequence: Int64
  ) throws {
    let after =
      if case .numbered = value { "CAST(? + chosen.key AS TEXT)" } else { "?" }
    try database.run(
      """
      INSERT INTO change_item(change_id, sequence, target, field, before, after)
      SELECT ?, ? + chosen.key, g.uid, ?, \(valueSQL), \(after)
      FROM json_each(?) AS chosen CROSS JOIN generation AS g ON g.id = chosen.value
      """, .integer(change), .integer(sequence), .text(field.description), value.column,
      Self.list(ids))
  }

  /// Gives the field of all these generations its value.
  ///
  /// A tag or a collection that does not exist is created.
  func set(_ value: FieldAssignment, of ids: some Collection<Int64>, at time: Int64) throws {
    try GenerationFields.set(field, of: ids, to: value, at: time, in: database)
  }

  static func list(_ ids: some Collection<Int64>) -> ColumnValue { .text(JSONList.text(ids)) }
}

/// What an edit gives one field of many generations.
enum FieldAssignment: Hashable {
  /// The value as JSON, or nil for none.
  case same(String?)
  /// A value for those that have none.
  case ifAbsent(String)
  /// Ascending numbers for those that have none, in their order; the first one is given.
  case numbered(from: Int64)

  /// Whether it removes the value.
  var isNone: Bool { self == .same(nil) }

  /// As the history has it; the first one of several.
  var column: ColumnValue {
    switch self {
    case .same(let value): ColumnValue(value)
    case .ifAbsent(let value): .text(value)
    case .numbered(let first): .integer(first)
    }
  }

  /// The number in `column`.
  var number: ColumnValue {
    switch self {
    case .same(let value): ColumnValue(value.flatMap { Int64($0) })
    case .ifAbsent(let value): ColumnValue(Int64(value))
    case .numbered(let first): .integer(first)
    }
  }
}
