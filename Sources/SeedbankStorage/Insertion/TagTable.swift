internal import GRDB
import SeedbankModel

/// The tags by name.
enum TagTable {
  /// The id of the tag, which is added where it is new.
  static func id(of tag: TagName, in database: Database) throws -> Int64 {
    let find = try database.cachedStatement(sql: "SELECT id FROM tag WHERE name = ?")
    if let id = try Int64.fetchOne(find, arguments: [tag.description]) { return id }
    let insert = try database.cachedStatement(sql: "INSERT INTO tag(name) VALUES (?)")
    try insert.execute(arguments: [tag.description])
    return database.lastInsertedRowID
  }
}
