internal import GRDB
import SeedbankQuery

/// Reads the values for the index from the rows.
enum IndexSource {
  /// Returns the values of a generation; nil if it does not exist or is in the trash.
  ///
  /// - Parameter withTrash: whether those of a generation in the trash are returned too.
  static func values(
    of id: Int64, withTrash: Bool = false, in database: Database
  ) throws -> IndexedValues? {
    try values(of: [id], withTrash: withTrash, in: database)[id]
  }

  /// Returns the values of several generations.
  ///
  /// Generations that do not exist are omitted, and those in the trash unless `withTrash` is true.
  static func values(
    of ids: [Int64], withTrash: Bool = false, in database: Database
  ) throws -> [Int64: IndexedValues] {
    var found: [Int64: IndexedValues] = [:]
    found.reserveCapacity(ids.count)
    let list = ColumnValue.text(JSONList.text(ids))
    var rows = try RawRows(withTrash ? listWithTrashSQL : listSQL, list, in: database)
    while try rows.next() { found[rows.integer(0)] = values(rows) }
    var tags = try RawRows(listTagSQL, list, in: database)
    while try tags.next() { found[tags.integer(0)]?.tags.append(tags.text(1)) }
    return found
  }

  /// Calls `body` for every generation outside the trash, in the order of ids.
  static func forEach(
    in database: Database, _ body: (Int64, IndexedValues) throws -> Void
  ) throws {
    var rows = try RawRows(allSQL, in: database)
    var tags = try RawRows(allTagSQL, in: database)
    var hasTag = try tags.next()
    while try rows.next() {
      let id = rows.integer(0)
      var values = values(rows)
      while hasTag, tags.integer(0) <= id {
        if tags.integer(0) == id { values.tags.append(tags.text(1)) }
        hasTag = try tags.next()
      }
      try body(id, values)
    }
  }

  private static let columns = """
    p.text, g.note, g.model, g.size, g.width, g.height, g.rating, g.favorite, v.settings
    """
  private static let others = """
    JOIN prompt AS p ON p.id = g.prompt_id LEFT JOIN provenance AS v ON v.generation_id = g.id
    """
  private static let allSQL = """
    SELECT g.id, \(columns) FROM generation AS g \(others)
    WHERE g.trashed_at IS NULL ORDER BY g.id
    """
  private static let listWithTrashSQL = """
    SELECT g.id, \(columns)
    FROM json_each(?) AS wanted CROSS JOIN generation AS g ON g.id = wanted.value \(others)
    """
  private static let listSQL = "\(listWithTrashSQL) WHERE g.trashed_at IS NULL"
  private static let allTagSQL = """
    SELECT gt.generation_id, t.name FROM generation_tag AS gt CROSS JOIN tag AS t ON t.id = gt.tag_id
    ORDER BY gt.generation_id
    """
  private static let listTagSQL = """
    SELECT gt.generation_id, t.name
    FROM json_each(?) AS wanted CROSS JOIN generation_tag AS gt ON gt.generation_id = wanted.value
    JOIN tag AS t ON t.id = gt.tag_id
    """

  /// Returns the values of a row of the id and `columns`, without the tags.
  static func values(_ row: borrowing RawRows) -> IndexedValues {
    func text(_ column: Int32) -> String? { row.isNull(column) ? nil : row.text(column) }
    func number(_ column: Int32) -> Int? { row.isNull(column) ? nil : Int(row.integer(column)) }
    return IndexedValues(
      prompt: row.text(1), note: text(2), tags: [], model: text(3), size: text(4),
      width: number(5), height: number(6), rating: number(7), isFavorite: row.integer(8) != 0,
      settings: text(9))
  }
}

extension IndexSource {
  /// Returns the ids of all generations that belong in the index, in ascending order.
  static func ids(in database: Database) throws -> [Int64] {
    try Int64.fetchAll(
      database, sql: "SELECT id FROM generation WHERE trashed_at IS NULL ORDER BY id")
  }
}
