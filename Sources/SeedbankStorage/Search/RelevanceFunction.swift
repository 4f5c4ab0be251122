internal import GRDB
internal import GRDBSQLite

/// The SQL function `relevance(search_index)`, which returns the `Relevance` score of a match in
/// FTS5.
///
/// The function `bm25` of FTS5 reads every posting of every word before it ranks the first match.
/// This function reads only the current match.
enum RelevanceFunction {
  /// Registers the function with a connection; call this once per connection.
  static func register(in database: Database) throws {
    if (try? database.cachedStatement(sql: probe)) != nil { return }
    guard let connection = database.sqliteConnection, let api = api(of: connection) else {
      throw DatabaseError(message: "this SQLite has no FTS5")
    }
    let code = api.pointee.xCreateFunction(api, "relevance", nil, relevance, nil)
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  private static let probe = """
    SELECT relevance(search_index) FROM search_index WHERE search_index MATCH ''
    """

  /// The maximum number of hits to read; more hits hardly increase the score.
  private static let mostHits: Int32 = 128

  private static let relevance: fts5_extension_function = { api, cursor, context, _, _ in
    guard let api = api?.pointee, let cursor else { return }
    var count: Int32 = 0
    guard api.xInstCount(cursor, &count) == SQLITE_OK else {
      return sqlite3_result_double(context, 0)
    }
    var hits: [Relevance.Hit] = []
    for index in 0..<min(count, mostHits) {
      var phrase: Int32 = 0
      var column: Int32 = 0
      var position: Int32 = 0
      guard api.xInst(cursor, index, &phrase, &column, &position) == SQLITE_OK else { break }
      hits.append(
        Relevance.Hit(phrase: Int(phrase), column: Int(column), position: Int(position)))
    }
    sqlite3_result_double(context, Relevance.score(hits))
  }

  /// Returns the interface of FTS5, which FTS5 writes to a pointer bound to a statement.
  private static func api(of connection: OpaquePointer) -> UnsafeMutablePointer<fts5_api>? {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nil) == SQLITE_OK else {
      return nil
    }
    defer { sqlite3_finalize(statement) }
    // SQLite keeps the address of the type name, so it must be the address of a constant.
    let type: StaticString = "fts5_api_ptr"
    var api: UnsafeMutablePointer<fts5_api>?
    type.utf8Start.withMemoryRebound(to: CChar.self, capacity: type.utf8CodeUnitCount + 1) { name in
      withUnsafeMutablePointer(to: &api) { place in
        sqlite3_bind_pointer(statement, 1, place, name, nil)
        sqlite3_step(statement)
      }
    }
    return api
  }
}
