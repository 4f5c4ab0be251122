internal import GRDB
import SeedbankModel

/// The distinct prompt texts.
enum PromptTable {
  /// Returns the id of `text`, which is added if it is new.
  static func id(of text: String, in database: Database) throws -> Int64 {
    let hash = hash(text)
    let find = try database.cachedStatement(
      sql: "SELECT id FROM prompt WHERE hash = ? AND text = ?")
    if let id = try Int64.fetchOne(find, arguments: [hash, text]) { return id }
    let insert = try database.cachedStatement(sql: "INSERT INTO prompt(hash, text) VALUES (?, ?)")
    try insert.execute(arguments: [hash, text])
    return database.lastInsertedRowID
  }

  /// The first eight bytes of the text's SHA-256: short to index, and any program can compute it.
  static func hash(_ text: String) -> Int64 {
    let first = Digest(of: text.utf8).bytes.prefix(8)
    return Int64(bitPattern: first.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
