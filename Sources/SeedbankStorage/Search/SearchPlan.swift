internal import GRDB
import SeedbankModel
import SeedbankQuery

/// The steps that answer a query: an index expression, a range of ids, and conditions on rows.
struct SearchPlan {
  /// The expression for the index; nil if the rows are read without the index.
  var index: IndexExpression?
  var ids: ClosedRange<Int64>
  var rows: [SQLFragment] = []
  /// The only ids that can match, if they are few; otherwise nil.
  var candidates: [Int64]?
  /// Whether no generation can match.
  var isEmpty = false

  /// Creates a plan for a query whose names and images are resolved.
  init(_ query: Query, _ local: LocalTime, in database: Database) throws {
    let compiler = QueryCompiler(database: database, local: local)
    ids = Int64.min...Int64.max
    let conditions: [Query.Node] =
      if case .all(let operands) = query.node { operands } else { [query.node] }
    var expressions: [IndexExpression] = []
    for condition in conditions {
      if let expression = try add(condition, compiler) { expressions.append(expression) }
    }
    if !IndexExpression.all(expressions).fitsParser {
      rows += expressions.map(QueryCompiler.rows(matching:))
      expressions = []
    }
    let expression = IndexExpression.all(expressions).simplified
    if expression == .nothing { isEmpty = true }
    // Without words, reading the rows in the order of ids is as fast as the index.
    index = expression == .everything && !rows.isEmpty ? nil : expression
    try avoidDamagedIndex(in: database)
    try chooseCandidates(in: database)
  }

  /// Replaces the index with the rows if the index may be damaged and the rows contain the same
  /// data.
  ///
  /// A damaged index may omit matches, but a list of records must be complete.
  ///
  /// A small range of ids is read from the rows. For a large range, the index and the rows must
  /// have the same first and last match.
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

  /// Adds a condition; returns its expression instead if the index can answer it.
  private mutating func add(
    _ node: Query.Node, _ compiler: QueryCompiler
  ) throws -> IndexExpression? {
    switch node {
    case .condition(.id(let interval)): restrict(to: interval.closed)
    case .condition(.created(let pattern)):
      let range = pattern.range(compiler.local)
      let span = try ArrivalRange(created: range, in: compiler.database)
      restrict(to: span.ids)
      if !span.isExact { rows.append(QueryCompiler.created(range)) }
    default:
      switch try compiler.part(node) {
      case .index(let expression): return expression
      case .rows(let condition): rows.append(condition)
      }
    }
    return nil
  }

  mutating func restrict(to range: ClosedRange<Int64>?) {
    if let range, range.overlaps(ids) { ids = range.clamped(to: ids) } else { isEmpty = true }
  }

  /// Returns the plan for those matches that also match `expression` in the index.
  func and(_ expression: IndexExpression) -> SearchPlan {
    var plan = self
    plan.index = index.map { .all([$0, expression]) } ?? expression
    if plan.index?.simplified == .nothing { plan.isEmpty = true }
    return plan
  }

  /// Returns the plan for those matches whose ids are in a short list.
  ///
  /// Each id is looked up separately. One lookup takes as long as reading hundreds of matches in
  /// order.
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

  /// Runs `body` with the plan, and again without the index if the index is damaged.
  ///
  /// The second run requires that the rows contain the same data.
  func run<Value>(_ body: (SearchPlan) throws -> Value) throws -> Value {
    do {
      return try body(self)
    } catch let error as DatabaseError where error.isIndexDamage {
      guard let rows = withoutIndex else { throw error }
      return try body(rows)
    }
  }

  /// The plan that reads the rows instead of the index; nil if the plan needs the index.
  var withoutIndex: SearchPlan? {
    guard index?.simplified == .everything else { return nil }
    var plan = self
    plan.index = nil
    plan.candidates = nil
    return plan
  }

  /// Sets the candidates if an index of the rows finds only a few.
  ///
  /// Each candidate is then looked up in the full-text index. Otherwise all matches of a common
  /// word would be read to find the few that pass.
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

  /// A condition on a row of `generation AS g`.
  enum Trash: String {
    case excluded = "g.trashed_at IS NULL"
    case included = "TRUE"
    case only = "g.trashed_at IS NOT NULL"
  }

  /// The SQL expression for the id of a match within `selection`.
  var id: String { index == nil ? "g.id" : "s.rowid" }

  /// Returns `SELECT columns …` for the matches.
  ///
  /// - Parameters:
  ///   - withRows: whether `columns`, or SQL appended to the statement, refers to `g`.
  ///   - trash: whether generations in the trash are counted, if the rows are read without the index.
  func selection(
    _ columns: String, withRows: Bool = false, trash: Trash = .excluded
  ) -> SQLFragment {
    var conditions: [SQLFragment] = []
    if isEmpty { conditions.append(SQLFragment("FALSE")) }
    if let index { conditions.append(SQLFragment("s.search_index MATCH ?", [index.match])) }
    if index == nil { conditions.append(SQLFragment(trash.rawValue)) }
    if ids.lowerBound > .min { conditions.append(SQLFragment("\(id) >= ?", [ids.lowerBound])) }
    if ids.upperBound < .max { conditions.append(SQLFragment("\(id) <= ?", [ids.upperBound])) }
    conditions += rows
    return SQLFragment("SELECT \(columns) FROM") + source(withRows, trash) + SQLFragment("WHERE")
      + .joined(conditions, " AND ")
  }

  /// Returns the tables, joined with CROSS JOIN so that SQLite cannot change their order.
  private func source(_ withRows: Bool, _ trash: Trash) -> SQLFragment {
    guard index != nil else {
      return SQLFragment(
        trash == .only ? "generation AS g INDEXED BY generation_trashed" : "generation AS g")
    }
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

  /// Returns a query for the ids of the matches in the order of arrival; a `limit` of 0 means all.
  func ids(_ direction: Direction, limit: Int = 0) -> SQLFragment {
    selection(id) + SQLFragment("ORDER BY \(id) \(direction.rawValue)")
      + SQLFragment(limit > 0 ? "LIMIT \(limit)" : "")
  }
}
