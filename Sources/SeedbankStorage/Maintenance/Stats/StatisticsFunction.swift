internal import GRDB
internal import GRDBSQLite

/// What the statistics need of the row of a generation.
struct StatisticsRow {
  let id: Int64
  /// Milliseconds since 1970.
  let createdAt: Int64
  /// The bytes of the name; none if it is not known.
  let provider: UnsafeRawBufferPointer
  let isFavorite: Bool
  let rating: Int?
  let tokens: TokenSum
  /// In millionths.
  ///
  /// Requests that were not sent cost nothing, and those that were refused have no cost.
  let cost: (amount: Int64, currency: String)?
}

/// The SQL aggregate function `count_statistics`, which adds each row to a `StatisticsCount`.
enum StatisticsFunction {
  private static let function = PointerFunction(
    name: "count_statistics", arguments: 9, type: "statistics_count")

  /// Adds the function to a connection.
  static func register(in database: Database) throws {
    try function.register(in: database) { _, _, values in
      guard let values else { return }
      StatisticsFunction.function.target(of: values, as: StatisticsCount.self)?
        .pointee.add(StatisticsFunction.row(values))
    }
  }

  /// Adds the generations with these ids to a count.
  static func run(
    _ ids: ClosedRange<Int64>, _ count: inout StatisticsCount, in database: Database
  ) throws {
    let statement = try database.cachedStatement(sql: sql)
    sqlite3_reset(statement.sqliteStatement)
    sqlite3_bind_int64(statement.sqliteStatement, 2, ids.lowerBound)
    sqlite3_bind_int64(statement.sqliteStatement, 3, ids.upperBound)
    try function.run(statement, addingTo: &count, in: database)
  }

  /// The tokens are in the reply's usage object under one of two names; text that is not JSON has none.
  ///
  /// The conditions are in an order in which most rows need only the first.
  private static let sql = """
    SELECT count_statistics(?, id, created_at, provider, favorite, rating,
      CASE WHEN usage IS NOT NULL AND json_valid(usage) THEN
        coalesce(json_extract(usage, '$.total_tokens'), json_extract(usage, '$.output_tokens')) END,
      CASE WHEN cost IS NOT NULL AND status <> 'queued' THEN cost END,
      CASE WHEN cost IS NOT NULL THEN cost_currency END)
    FROM generation NOT INDEXED WHERE id BETWEEN ? AND ? AND trashed_at IS NULL
    """

  private static func row(_ values: UnsafeMutablePointer<OpaquePointer?>) -> StatisticsRow {
    func bytes(_ index: Int) -> UnsafeRawBufferPointer {
      let start = sqlite3_value_blob(values[index])
      return UnsafeRawBufferPointer(
        start: start, count: start == nil ? 0 : Int(sqlite3_value_bytes(values[index])))
    }
    func isNull(_ index: Int) -> Bool { sqlite3_value_type(values[index]) == SQLITE_NULL }
    return StatisticsRow(
      id: sqlite3_value_int64(values[1]), createdAt: sqlite3_value_int64(values[2]),
      provider: bytes(3), isFavorite: sqlite3_value_int64(values[4]) != 0,
      rating: isNull(5) ? nil : Int(sqlite3_value_int64(values[5])),
      tokens: isNull(6) ? TokenSum() : TokenSum(sqlite3_value_double(values[6])),
      cost: isNull(7)
        ? nil
        : (sqlite3_value_int64(values[7]), String(decoding: bytes(8), as: UTF8.self)))
  }
}
