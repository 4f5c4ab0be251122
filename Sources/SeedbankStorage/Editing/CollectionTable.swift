internal import GRDB

/// The collections by name.
enum CollectionTable {
  static func find(_ name: String, in database: Database) throws -> Int64? {
    let find = try database.cachedStatement(sql: "SELECT id FROM collection WHERE name = ?")
    return try Int64.fetchOne(find, arguments: [name])
  }

  /// The id of the collection, which is created if it does not exist.
  static func id(of name: String, madeAt time: Int64, in database: Database) throws -> Int64 {
    if let id = try find(name, in: database) { return id }
    let insert = try database.cachedStatement(
      sql: "INSERT INTO collection(name, created_at) VALUES (?, ?)")
    try insert.execute(arguments: [name, time])
    return database.lastInsertedRowID
  }

  /// The generations in it, in its order.
  static func members(of id: Int64, in database: Database) throws -> [Int64] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT i.generation_id FROM collection_item AS i
        JOIN generation AS g ON g.id = i.generation_id
        WHERE i.collection_id = ? ORDER BY i.position, g.uid
        """)
    return try Int64.fetchAll(statement, arguments: [id])
  }

  /// The highest position, or 2^53 if it is higher, so that there are numbers for the next ones.
  static func lastPosition(of id: Int64, in database: Database) throws -> Int64 {
    let statement = try database.cachedStatement(
      sql: "SELECT max(position) FROM collection_item WHERE collection_id = ?")
    return min(try Int64.fetchOne(statement, arguments: [id]) ?? 0, 1 << 53)
  }
}
