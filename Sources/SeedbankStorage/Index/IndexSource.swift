internal import GRDB
import SeedbankQuery

/// Reads what the index is made from out of the rows.
enum IndexSource {
  /// The values of a generation, or nil if the file names none or it lies in the trash.
  static func values(of id: Int64, in database: Database) throws -> IndexedValues? {
    let statement = try database.cachedStatement(sql: columns + " WHERE g.id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]), row["trashed_at"] == nil else {
      return nil
    }
    var values = values(row)
    let tags = try database.cachedStatement(
      sql: """
        SELECT t.name FROM generation_tag AS gt JOIN tag AS t ON t.id = gt.tag_id
        WHERE gt.generation_id = ?
        """)
    values.tags = try String.fetchAll(tags, arguments: [id])
    return values
  }

  /// Calls `body` for every generation that is not in the trash, in the order of ids.
  static func forEach(
    in database: Database, _ body: (Int64, IndexedValues) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database, sql: columns + " WHERE g.trashed_at IS NULL ORDER BY g.id")
    let tagRows = try Row.fetchCursor(
      database,
      sql: """
        SELECT gt.generation_id, t.name FROM generation_tag AS gt JOIN tag AS t ON t.id = gt.tag_id
        ORDER BY gt.generation_id
        """)
    var pending: (id: Int64, name: String)?
    func nextTag() throws {
      pending = try tagRows.next().map { ($0[0], $0[1]) }
    }
    try nextTag()
    while let row = try rows.next() {
      let id: Int64 = row["id"]
      var values = values(row)
      while let tag = pending, tag.id <= id {
        if tag.id == id { values.tags.append(tag.name) }
        try nextTag()
      }
      try body(id, values)
    }
  }

  private static let columns = """
    SELECT g.id, p.text, g.note, g.model, g.size, g.width, g.height, g.rating, g.favorite,
      g.trashed_at, v.settings
    FROM generation AS g JOIN prompt AS p ON p.id = g.prompt_id
    LEFT JOIN provenance AS v ON v.generation_id = g.id
    """

  private static func values(_ row: Row) -> IndexedValues {
    IndexedValues(
      prompt: row[1], note: row[2], tags: [], model: row[3], size: row[4], width: row[5],
      height: row[6], rating: row[7], isFavorite: row[8], settings: row[10])
  }
}

extension IndexSource {
  /// The ids of what belongs in the index, ascending.
  static func ids(in database: Database) throws -> [Int64] {
    try Int64.fetchAll(
      database, sql: "SELECT id FROM generation WHERE trashed_at IS NULL ORDER BY id")
  }
}
