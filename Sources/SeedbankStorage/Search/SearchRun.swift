internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Performs a search within one read transaction.
struct SearchRun {
  let request: SearchRequest
  let plan: SearchPlan
  let database: Database
  /// See `OrderedMatches`; another value is for tests.
  var costOfRow = OrderedMatches.costOfRow

  /// Receives an id and returns whether to continue.
  typealias Body = (Int64) throws -> Bool

  init(_ request: SearchRequest, in database: Database) throws {
    self.request = request
    self.database = database
    let query = try QueryResolution(database: database).resolved(request.query)
    plan = try SearchPlan(query, request.local, in: database)
  }

  /// Calls `body` with the ids of the matches, in order, up to the limit.
  func forEachID(_ body: Body) throws -> RankedScope? {
    guard !plan.isEmpty else { return request.order == .relevance ? .everything : nil }
    let after = try request.after.map { try row(of: $0) }
    var left = request.limit > 0 ? request.limit : Int.max
    let limited: Body = { id in
      left -= 1
      return try body(id) && left > 0
    }
    switch request.order {
    case .newest: _ = try stream(plan, .newest, after: after?.id, limited)
    case .oldest: _ = try stream(plan, .oldest, after: after?.id, limited)
    case .rating: try byRating(after, limited)
    case .size: try bySize(after, limited)
    case .created: try created(after, limited)
    case .seed: try walkSeeds(after, limited)
    case .random(let seed): try shuffled(seed, after?.id, limited)
    case .relevance: return try ranked(after?.id, limited)
    }
    return nil
  }

  /// Calls `body` with the matches of a plan in the order of arrival; returns whether to continue.
  private func stream(
    _ plan: SearchPlan, _ direction: SearchPlan.Direction, after: Int64?, _ body: Body
  ) throws -> Bool {
    var plan = plan
    if let after {
      plan.restrict(to: direction == .newest ? .below(after) : .above(after))
    }
    if plan.isEmpty { return true }
    if let scan = PrefixScan(plan, direction, wanted: request.limit, in: database) {
      switch try scan.run(body) {
      case .enough: return false
      case .allRead: return true
      case .rare(let last): plan.restrict(to: direction == .newest ? .below(last) : .above(last))
      }
      if plan.isEmpty { return true }
      if let matches = try plan.matchesOfOnlyTerm(in: database) {
        return try matches.forEach(direction, body)
      }
    }
    // The statement has the limit too, so SQLite knows that it need not sort.
    let query = plan.ids(direction, limit: request.limit)
    var last: Int64?
    do {
      let cursor = try Int64.fetchCursor(
        database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
      while let id = try cursor.next() {
        last = id
        if try !body(id) { return false }
      }
      return true
    } catch let error as DatabaseError where error.isIndexDamage {
      // The rows contain the same data, so the search continues with them after the last id of the
      // index.
      guard let rows = plan.withoutIndex else { throw error }
      return try stream(rows, direction, after: last, body)
    }
  }

  // MARK: Orders by groups

  /// Generations that are equal in the order; within the group the newest comes first.
  private struct Group {
    /// The value of the generations; the group with the highest comes first.
    let value: Int
    let expression: IndexExpression
  }

  /// - Parameter value: returns the value of the group of a generation.
  private func stream(
    _ groups: [Group], after: AfterRow?, _ body: Body, value: (IndexedValues) -> Int
  ) throws {
    var groups = groups[...]
    var start: Int64?
    if let after {
      // It may have been moved to the trash since the page before, and nothing else be in its group.
      guard let values = try IndexSource.values(of: after.id, withTrash: true, in: database) else {
        throw SearchError.nothingAfter(GenerationID(after.id))
      }
      let last = value(values)
      groups = groups.drop { $0.value > last }
      if groups.first?.value == last { start = after.id }
    }
    for group in groups {
      if try !stream(plan.and(group.expression), .newest, after: start, body) { return }
      start = nil
    }
  }

  private func byRating(_ after: AfterRow?, _ body: Body) throws {
    let stars = (1...5).map { IndexExpression.token(FacetToken.token(.rating, String($0))) }
    var groups = (1...5).reversed().map { Group(value: $0, expression: stars[$0 - 1]) }
    groups.append(Group(value: 0, expression: .not(.any(stars))))
    try stream(groups, after: after, body) { $0.rating ?? 0 }
  }

  private func bySize(_ after: AfterRow?, _ body: Body) throws {
    func area(_ label: String) -> Int? {
      SizeLabel.pixels(label).map {
        $0.width.multipliedReportingOverflow(by: $0.height).partialValue
      }
    }
    let labels = try FacetTable.values(of: .size, in: database).map(\.value)
    let byArea = Dictionary(grouping: labels.filter { area($0) != nil }) { area($0) ?? 0 }
    func expression(_ labels: [String]) -> IndexExpression {
      .any(labels.sorted().map { .token(FacetToken.token(.size, $0)) })
    }
    var groups = byArea.keys.sorted(by: >).map { pixels in
      Group(value: pixels, expression: expression(byArea[pixels] ?? []))
    }
    let known = labels.filter { area($0) != nil }
    groups.append(Group(value: .min, expression: .not(expression(known))))
    try stream(groups, after: after, body) { $0.sizeLabel.flatMap(area) ?? .min }
  }

  // MARK: The row that a page begins after

  /// The position of a row in the orders by value.
  struct AfterRow {
    let id: Int64
    let createdAt: Int64
    let seed: ImageSeed?
  }

  private func row(of id: GenerationID) throws -> AfterRow {
    let statement = try database.cachedStatement(
      sql: "SELECT id, created_at, seed, seed_high FROM generation WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id.rawValue]) else {
      throw SearchError.nothingAfter(id)
    }
    return AfterRow(
      id: row[0], createdAt: row[1], seed: ImageSeed(seed: row[2], high: row[3]))
  }
}

extension ClosedRange<Int64> {
  static func below(_ id: Int64) -> Self? { id > .min ? .min...(id - 1) : nil }
  static func above(_ id: Int64) -> Self? { id < .max ? (id + 1)...(.max) : nil }
}
