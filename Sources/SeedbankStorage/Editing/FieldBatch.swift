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
      changes.add(
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

  /// The value of one generation as JSON; nil for none.
  ///
  /// - Parameter position: of the generation among those that are changed; counts from 0.
  func value(at position: Int) -> String? {
    switch self {
    case .same(let value): value
    case .ifAbsent(let value): value
    case .numbered(let first): String(first + Int64(position))
    }
  }

  /// Whether it changes a field that has the value `before`.
  func changes(_ before: String?) -> Bool {
    if case .same(let value) = self { before != value } else { before == nil }
  }

  /// The value as a number; the first one of several.
  var number: ColumnValue {
    switch self {
    case .same(let value): ColumnValue(value.flatMap { Int64($0) })
    case .ifAbsent(let value): ColumnValue(Int64(value))
    case .numbered(let first): .integer(first)
    }
  }
}

/// What an assignment to a field of many generations changes.
struct FieldChanges {
  /// The same change in several generations.
  struct Item {
    let before: String?
    let after: String?
    var targets = ChangeTargets()
  }

  /// The generations in the order of the edit.
  private(set) var ids: [Int64] = []
  private(set) var items: [Item] = []
  private var places: [Values: Int] = [:]

  private struct Values: Hashable {
    let before: String?
    let after: String?
  }

  /// Adds a generation if `value` changes its field.
  mutating func add(
    _ id: Int64, uid: UnsafeRawBufferPointer, before: String?, _ value: FieldAssignment
  ) {
    guard value.changes(before) else { return }
    let after = value.value(at: ids.count)
    ids.append(id)
    let values = Values(before: before, after: after)
    let index = places[values] ?? items.count
    if index == items.count {
      places[values] = index
      items.append(Item(before: before, after: after))
    }
    items[index].targets.append(uid)
  }
}
