internal import GRDB
import SeedbankModel

extension SearchRun {
  /// The maximum number of matches to rank; only the newest are ranked.
  static let rankedWindow = 2_000

  /// Calls `body` with the matches, the best match first; the newest first among equals.
  ///
  /// Ranking all matches of a common word takes as long as reading every posting. Most people look
  /// for one of the newest 2,000 matches, or narrow the query.
  func ranked(_ after: Int64?, _ body: Body) throws -> RankedScope {
    if plan.index != nil { try RelevanceFunction.register(in: database) }
    // If the query has no words, all matches are equally relevant.
    let score = plan.index == nil ? "0.0" : "relevance(s.search_index)"
    let query =
      plan.selection("\(plan.id), \(score)")
      + SQLFragment("ORDER BY \(plan.id) DESC LIMIT \(Self.rankedWindow + 1)")
    let cursor = try Row.fetchCursor(
      database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    var scored: [(id: Int64, score: Double)] = []
    while let row = try cursor.next() { scored.append((row[0], row[1])) }
    let isWindow = scored.count > Self.rankedWindow
    try rank(scored: isWindow ? scored.dropLast() : scored, after, body)
    return isWindow ? .newest(Self.rankedWindow) : .everything
  }

  private func rank(
    scored: [(id: Int64, score: Double)], _ after: Int64?, _ body: Body
  ) throws {
    let order = scored.sorted { ($0.score, $0.id) > ($1.score, $1.id) }.map(\.id)
    var rest = order[...]
    if let after {
      guard let place = order.firstIndex(of: after) else {
        throw SearchError.nothingAfter(GenerationID(after))
      }
      rest = order[(place + 1)...]
    }
    for id in rest where try !body(id) { return }
  }
}
