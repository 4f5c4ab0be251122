internal import GRDB
import SeedbankQuery

/// Finds the matches of a plan among ids that arrive in the order of the results.
///
/// If a page of matches of a common word is wanted, the first rows in the order are read and
/// matched in memory. If the matches are rare, or if many are wanted, all matches are gathered from
/// the index first.
struct OrderedMatches {
  private let plan: SearchPlan
  /// The number of matches still to be found; nil for all.
  private var wanted: Int?
  private let database: Database
  private let costOfRow: Double
  /// The number of ids from the first to the last generation.
  private let span: Double
  /// All matches; nil as long as rows are read instead.
  private var all: IDSet?
  /// Ids whose rows are not read yet.
  private var waiting: [Int64] = []
  private var (read, found) = (0, 0)

  /// The time for reading and matching a row, in units of the time for gathering a match from the
  /// index.
  static let costOfRow = 300.0
  private static let chunk = 64

  /// - Parameters:
  ///   - wanted: the number of matches after which no more ids are added; 0 for all.
  ///   - costOfRow: 0 to read rows in every case, for tests.
  init(
    _ plan: SearchPlan, wanted: Int, costOfRow: Double = Self.costOfRow, in database: Database
  ) throws {
    self.plan = plan
    self.wanted = wanted > 0 ? wanted : nil
    self.costOfRow = costOfRow
    self.database = database
    span = Double(try Self.range(in: database)?.count ?? 0)
    if !readsRows { all = try IDSet(plan, database) }
  }

  /// Returns the ids from the first to the last generation; nil if none exists.
  static func range(in database: Database) throws -> ClosedRange<Int64>? {
    guard let first = try database.integer("SELECT min(id) FROM generation"),
      let last = try database.integer("SELECT max(id) FROM generation")
    else { return nil }
    return first...last
  }

  /// Whether it is probably faster to read rows than to gather all matches.
  var readsRows: Bool {
    guard all == nil, let wanted, plan.canBeMatchedInMemory else { return false }
    // Before anything is known, one chunk is read if that is cheap in a library of this size.
    guard read > 0 else { return Double(Self.chunk * 2) * costOfRow <= span }
    guard found > 0 else { return costOfRow == 0 }
    let rate = Double(found) / Double(read)
    return Double(wanted) / rate * costOfRow <= rate * span
  }

  /// Adds the next id, and calls `body` with the matches that are known; returns whether to
  /// continue.
  mutating func add(_ id: Int64, _ body: (Int64) throws -> Bool) throws -> Bool {
    if let all { return try all.contains(id) ? body(id) : true }
    waiting.append(id)
    return try waiting.count < Self.chunk || finish(body)
  }

  /// Calls `body` with the matches among the ids that are still waiting; returns whether to
  /// continue.
  mutating func finish(_ body: (Int64) throws -> Bool) throws -> Bool {
    guard !waiting.isEmpty, let expression = plan.index?.simplified else { return true }
    let ids = waiting
    waiting.removeAll(keepingCapacity: true)
    let values = try IndexSource.values(of: ids.filter(plan.ids.contains), in: database)
    read += ids.count
    for id in ids {
      guard let value = values[id], expression.matches(IndexedText(value)) else { continue }
      found += 1
      if let left = wanted { wanted = left - 1 }
      if try !body(id) { return false }
    }
    if !readsRows { all = try IDSet(plan, database) }
    return true
  }
}

extension SearchPlan {
  /// Whether the values of a row are sufficient to decide if it matches.
  fileprivate var canBeMatchedInMemory: Bool {
    !isEmpty && rows.isEmpty && candidates == nil
      && (index?.simplified.canBeMatchedInMemory ?? false)
  }
}
