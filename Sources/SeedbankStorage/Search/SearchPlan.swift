internal import GRDB
import SeedbankModel
import SeedbankQuery

/// How a query is answered: what the index is asked, within which ids, and what the rows of its
/// matches must say besides.
struct SearchPlan {
  /// Nil: the rows are walked without the index.
  var index: IndexExpression?
  var ids: ClosedRange<Int64>
  var rows: [SQLFragment] = []
  /// The only ids that can match, where they are few.
  var candidates: [Int64]?
  /// Whether nothing can match, whatever the rows say.
  var isEmpty = false

  /// Plans an answer for a query whose names and pictures are resolved.
  init(_ query: Query, _ local: LocalTime, in database: Database) throws {
    let compiler = QueryCompiler(database: database, local: local)
    ids = Int64.min...Int64.max
    let conditions: [Query.Node] =
      if case .all(let operands) = query.node { operands } else { [query.node] }
    var expressions: [IndexExpression] = []
    for condition in conditions {
      if let expression = try compiler.index(condition) {
        expressions.append(expression)
      } else {
        try add(condition, compiler)
      }
    }
    let expression = IndexExpression.all(expressions).simplified
    if expression == .nothing { isEmpty = true }
    // Without words, the rows of a table in the order of ids are as quick as the index.
    index = expression == .everything && !rows.isEmpty ? nil : expression
    try avoidDamagedIndex(in: database)
    try chooseCandidates(in: database)
  }

  /// A list of records must be right also while the index is damaged, though damage may only leave
  /// something out.
  ///
  /// Where the index knows no more than the rows, a few ids are read from the rows, and for many
  /// the index must at least agree with them about the first and the last.
  private mutating func avoidDamagedIndex(in database: Database) throws {
    guard let rows = withoutIndex, !isEmpty else { return }
    let (length, isLong) = ids.upperBound.subtractingReportingOverflow(ids.lowerBound)
    if !isLong, length < Self.fewRows {
      self = rows
      return
    }
    func ends(_ plan: SearchPlan) throws -> [Int64?] {
      try [Direction.oldest, .newest].map { direction in
        let query = plan.ids(direction, limit: 1)
        return try Int64.fetchOne(
          database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
      }
    }
    do {
      if try ends(self) != ends(rows) { self = rows }
    } catch let error as DatabaseError where error.isIndexDamage {
      self = rows
    }
  }

  private static let fewRows: Int64 = 1_000

  private mutating func add(_ node: Query.Node, _ compiler: QueryCompiler) throws {
    switch node {
    case .condition(.id(let interval)): restrict(to: interval.closed)
    case .condition(.created(let pattern)):
      let range = pattern.range(compiler.local)
      let span = try ArrivalRange(created: range, in: compiler.database)
      restrict(to: span.ids)
      if !span.isExact { rows.append(QueryCompiler.created(range)) }
    default: rows.append(try compiler.rows(node))
    }
  }

  mutating func restrict(to range: ClosedRange<Int64>?) {
    if let range, range.overlaps(ids) { ids = range.clamped(to: ids) } else { isEmpty = true }
  }

  /// The plan for those of its matches that the index finds for `expression` too.
  func and(_ expression: IndexExpression) -> SearchPlan {
    var plan = self
    plan.index = index.map { .all([$0, expression]) } ?? expression
    if plan.index?.simplified == .nothing { plan.isEmpty = true }
    return plan
  }

  /// The plan for those of its matches that are among a few ids.
  ///
  /// Each is looked up by itself, which takes as long as going through hundreds of matches.
  func among(_ ids: [Int64]) -> SearchPlan {
    var plan = self
    if index == nil {
      plan.rows.append(
        .indexed("g.id IN (SELECT value FROM json_each(?))", [JSONList.text(ids)]))
    } else if let candidates {
      plan.candidates = candidates.filter(Set(ids).contains)
    } else {
      plan.candidates = ids
    }
    return plan
  }

  /// Runs `body` with the plan; if the index is damaged and says no more than the rows do, once more
  /// without it.
  func run<Value>(_ body: (SearchPlan) throws -> Value) throws -> Value {
    do {
      return try body(self)
    } catch let error as DatabaseError where error.isIndexDamage {
      guard let rows = withoutIndex else { throw error }
      return try body(rows)
    }
  }

  /// The plan that walks the rows instead of the index; nil if only the index knows what matches.
  var withoutIndex: SearchPlan? {
    guard index?.simplified == .everything else { return nil }
    var plan = self
    plan.index = nil
    plan.candidates = nil
    return plan
  }

  /// Where an index of the rows leaves few candidates, each is looked up in the full-text index;
  /// otherwise a common word's matches would be walked for the few that pass.
  private mutating func chooseCandidates(in database: Database) throws {
    let indexed = rows.filter(\.isIndexed)
    guard index != nil, !indexed.isEmpty, !isEmpty else { return }
    let query =
      SQLFragment("SELECT g.id FROM generation AS g WHERE g.trashed_at IS NULL AND")
      + .joined(indexed, " AND ") + SQLFragment("LIMIT \(Self.fewCandidates + 1)")
    let ids = try Int64.fetchAll(
      database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    if ids.count <= Self.fewCandidates { candidates = ids }
  }

  private static let fewCandidates = 100
}

extension SearchPlan {
  enum Direction: String {
    case newest = "DESC"
    case oldest = "ASC"
  }

  /// The id of a match within `selection`.
  var id: String { index == nil ? "g.id" : "s.rowid" }

  /// `SELECT columns …` of the matches.
  ///
  /// - Parameter withRows: whether `columns`, or what is appended to the statement, speak of `g`.
  func selection(_ columns: String, withRows: Bool = false) -> SQLFragment {
    var conditions: [SQLFragment] = []
    if isEmpty { conditions.append(SQLFragment("FALSE")) }
    if let index { conditions.append(SQLFragment("s.search_index MATCH ?", [index.match])) }
    if index == nil { conditions.append(SQLFragment("g.trashed_at IS NULL")) }
    if ids.lowerBound > .min { conditions.append(SQLFragment("\(id) >= ?", [ids.lowerBound])) }
    if ids.upperBound < .max { conditions.append(SQLFragment("\(id) <= ?", [ids.upperBound])) }
    conditions += rows
    return SQLFragment("SELECT \(columns) FROM") + source(withRows) + SQLFragment("WHERE")
      + .joined(conditions, " AND ")
  }

  /// CROSS JOIN, because SQLite may not choose another order of the tables than this one.
  private func source(_ withRows: Bool) -> SQLFragment {
    guard index != nil else { return SQLFragment("generation AS g") }
    var source = SQLFragment("search_index AS s")
    if let candidates {
      source =
        SQLFragment("json_each(?) AS c CROSS JOIN", [JSONList.text(candidates)]) + source
        + SQLFragment("ON s.rowid = c.value")
    }
    if withRows || !rows.isEmpty {
      source = source + SQLFragment("CROSS JOIN generation AS g ON g.id = s.rowid")
    }
    return source
  }

  /// The ids of the matches in the order of arrival; all of them where `limit` is 0.
  func ids(_ direction: Direction, limit: Int = 0) -> SQLFragment {
    selection(id) + SQLFragment("ORDER BY \(id) \(direction.rawValue)")
      + SQLFragment(limit > 0 ? "LIMIT \(limit)" : "")
  }
}
