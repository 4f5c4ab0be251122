internal import GRDB
public import SeedbankModel
public import SeedbankQuery

extension Library {
  /// How many generations a query matches.
  ///
  /// - Parameter cap: stop counting there, which is quicker for common words; nil counts exactly.
  /// - Returns: the number, at most `cap + 1`: then there are more than `cap`.
  /// - Throws: `SearchError`, `LibraryError`.
  public func count(_ query: Query, at local: LocalTime, cap: Int? = nil) throws -> Int {
    try read { database in
      let query = try QueryResolution(database: database).resolved(query)
      return try SearchPlan(query, local, in: database).run {
        try $0.count(cap: cap, in: database)
      }
    }
  }
}

extension SearchPlan {
  func count(cap: Int?, in database: Database) throws -> Int {
    if isEmpty { return 0 }
    let counted =
      cap.map {
        SQLFragment("SELECT count(*) FROM (") + selection("1") + SQLFragment("LIMIT \($0 + 1))")
      } ?? selection("count(*)")
    return try Int.fetchOne(
      database.cachedStatement(sql: counted.sql), arguments: StatementArguments(counted.arguments))
      ?? 0
  }
}
