internal import GRDB
public import SeedbankModel
public import SeedbankQuery

extension Library {
  /// Returns the number of generations that a query matches.
  ///
  /// - Parameter cap: the number after which counting stops, which is faster for common words; nil
  ///   for an exact count.
  /// - Returns: the number of matches, at most `cap + 1`; `cap + 1` means that there are more than
  ///   `cap`.
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

/// An exact number of matches, or a number that the matches exceed.
public enum MatchCount: Hashable, Sendable {
  case exactly(Int)
  case moreThan(Int)
}

extension Library {
  /// Returns the number of matches of a query, or a lower bound if an exact count takes seconds.
  ///
  /// For example, counting the matches of the prefix `s*` reads nearly the whole index.
  ///
  /// - Throws: `SearchError`, `LibraryError`.
  public func quickCount(_ query: Query, at local: LocalTime) throws -> MatchCount {
    try read { database in
      let query = try QueryResolution(database: database).resolved(query)
      return try SearchPlan(query, local, in: database).run { plan in
        let isSlow = PrefixWalk(plan, .newest, wanted: 1, in: database) != nil
        let cap = isSlow ? Self.quickCap : nil
        let count = try plan.count(cap: cap, in: database)
        return isSlow && count > Self.quickCap ? .moreThan(Self.quickCap) : .exactly(count)
      }
    }
  }

  private static let quickCap = 10_000
}

extension SearchPlan {
  func count(cap: Int?, in database: Database) throws -> Int {
    if isEmpty { return 0 }
    guard let cap, let walk = PrefixWalk(self, .newest, wanted: cap + 1, in: database) else {
      return try countInIndex(cap: cap, in: database)
    }
    var count = 0
    let end = try walk.run { _ in
      count += 1
      return count <= cap
    }
    guard case .rare(let last) = end else { return count }
    var rest = self
    rest.restrict(to: .below(last))
    return try rest.isEmpty ? count : count + rest.countInIndex(cap: cap - count, in: database)
  }

  private func countInIndex(cap: Int?, in database: Database) throws -> Int {
    let counted =
      cap.map {
        SQLFragment("SELECT count(*) FROM (") + selection("1") + SQLFragment("LIMIT \($0 + 1))")
      } ?? selection("count(*)")
    return try Int.fetchOne(
      database.cachedStatement(sql: counted.sql), arguments: StatementArguments(counted.arguments))
      ?? 0
  }
}
