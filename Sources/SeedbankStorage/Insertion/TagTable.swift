internal import GRDB
import SeedbankModel

/// The tags by name.
enum TagTable {
  /// The id of the tag, which is added if it does not exist.
  static func id(of tag: TagName, in database: Database) throws -> Int64 {
    let name = ColumnValue.text(tag.description)
    if let id = try database.integer("SELECT id FROM tag WHERE name = ?", name) { return id }
    try database.run("INSERT INTO tag(name) VALUES (?)", name)
    return database.lastInsertedRowID
  }

  /// The name of a tag; the empty text if it does not exist.
  static func name(of id: Int64, in database: Database) throws -> String {
    try existingName(of: id, in: database) ?? ""
  }

  /// The name of a tag; nil if it does not exist.
  static func existingName(of id: Int64, in database: Database) throws -> String? {
    var rows = try RawRows("SELECT name FROM tag WHERE id = ?", .integer(id), in: database)
    return try rows.next() ? rows.text(0) : nil
  }
}
