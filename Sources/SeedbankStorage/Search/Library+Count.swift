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
    let cap = cap.map { min($0, SearchRequest.mostResults) }
    return try read { database in
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
  /// Returns the number of matches of a query, or a number that they exceed.
  ///
  /// An exact count of a common word takes longer than a page of its matches.
  ///
  /// - Parameter shown: the number of matches that are shown. The count is exact up to this number or up to
  ///   10,000, whichever is larger.
  /// - Throws: `SearchError`, `LibraryError`.
  public func quickCount(
    _ query: Query, at local: LocalTime, shown: Int = 0
  ) throws -> MatchCount {
    let cap = min(max(shown, Self.quickCap), SearchRequest.mostResults)
    let count = try count(query, at: local, cap: cap)
    return count > cap ? .moreThan(cap) : .exactly(count)
  }

  private static let quickCap = 10_000
}

extension SearchPlan {
  func count(cap: Int?, in database: Database) throws -> Int {
    if isEmpty { return 0 }
    guard let cap, let scan = PrefixScan(self, .newest, wanted: cap + 1, in: database) else {
      return try countInIndex(cap: cap, in: database)
    }
    if try scan.exceeds(cap) { return cap + 1 }
    var count = 0
    let end = try scan.run { _ in
      count += 1
      return count <= cap
    }
    guard case .rare(let last) = end else { return count }
    var rest = self
    rest.restrict(to: .below(last))
    return try rest.isEmpty ? count : count + rest.countInIndex(cap: cap - count, in: database)
  }

  func countInIndex(cap: Int?, in database: Database) throws -> Int {
    guard let cap else { return try countAll(in: database) }
    if onlyTerm?.isPrefix == true, let matches = try matchesOfOnlyTerm(in: database) {
      return min(matches.count, cap + 1)
    }
    return try count(
      SQLFragment("SELECT count(*) FROM (") + selection("1") + SQLFragment("LIMIT \(cap + 1))"),
      in: database)
  }

  private func countAll(in database: Database) throws -> Int {
    if let matches = try matchesOfOnlyTerm(in: database) { return matches.count }
    if isEverything { return try Library.countGenerations(in: database) }
    guard index == nil, try Self.hasSmallTrash(in: database) else {
      return try count(selection("count(*)"), in: database)
    }
    // Without a condition on the trash, SQLite counts in an index that need not contain it.
    let withTrash = try count(selection("count(*)", trash: .included), in: database)
    return try withTrash - count(selection("count(*)", trash: .only), in: database)
  }

  /// Whether all generations outside the trash match, and no others.
  var isEverything: Bool {
    !isEmpty && index?.simplified == .everything && rows.isEmpty && candidates == nil
      && ids == .min ... .max
  }

  private static func hasSmallTrash(in database: Database) throws -> Bool {
    try database.integer(
      """
      SELECT count(*) FROM (SELECT 1 FROM generation WHERE trashed_at IS NOT NULL LIMIT \(mostTrash + 1))
      """
    ).map { $0 <= mostTrash } ?? false
  }

  private static let mostTrash: Int64 = 1_000

  private func count(_ counted: SQLFragment, in database: Database) throws -> Int {
    try Int.fetchOne(
      database.cachedStatement(sql: counted.sql), arguments: StatementArguments(counted.arguments))
      ?? 0
  }

  /// Returns the matches of a plan that consists of one token or prefix; nil if the plan has other
  /// conditions, or if `MATCH` must find them.
  func matchesOfOnlyTerm(in database: Database) throws -> IDSet? {
    guard let term = onlyTerm else { return nil }
    return try TermEntries.ids(
      of: term.token, isPrefix: term.isPrefix, within: ids, in: database)
  }

  /// The only token that decides whether a generation matches; nil if the plan has other conditions.
  private var onlyTerm: (token: [UInt8], isPrefix: Bool)? {
    guard case .phrase(let phrase, nil)? = index?.simplified, phrase.tokens.count == 1,
      !isEmpty, rows.isEmpty, candidates == nil, index?.simplified.canBeMatchedInMemory ?? false
    else { return nil }
    return (phrase.tokens[0], phrase.isPrefix)
  }
}
