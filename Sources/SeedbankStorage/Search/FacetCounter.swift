internal import GRDB
import SeedbankQuery

/// Counts the values of matches.
///
/// Few matches are asked for their values. Of many, a value's count can't be higher than its count
/// among all generations, which is kept: values are looked at in the order of that, and once enough
/// of them are at least as frequent as the next could be, the rest need no look.
struct FacetCounter {
  let total: Int
  private let matches: IDSet
  private let database: Database

  init(_ plan: SearchPlan, _ database: Database) throws {
    self.database = database
    matches = try IDSet(plan, database)
    total = matches.count
  }

  /// The `limit` most frequent values, exactly counted.
  func top(_ kind: FacetKind, _ limit: Int) throws -> [FacetCount] {
    guard total > 0, limit > 0 else { return [] }
    let values = try Self.distinct(kind, database)
    let few = total <= Self.few ? try countsOfRows(kind) : nil
    var best: [FacetCount] = []
    for value in values {
      if best.count >= limit, best[limit - 1].count > value.uses { break }
      let count = try few.map { $0[value.key] ?? 0 } ?? countPostings(kind, value)
      guard count > 0 else { continue }
      best.append(FacetCount(value: value.name, count: count))
      best.sort { ($1.count, $0.value) < ($0.count, $1.value) }
      if best.count > limit { best.removeLast() }
    }
    return best
  }

  private static let few = 2_000

  /// A value, and how many generations outside the trash have it.
  private struct Value {
    let name: String
    let key: [UInt8]
    var uses: Int
  }

  /// The values in use; models and sizes that differ only in case are one, in the commonest spelling.
  private static func distinct(_ kind: FacetKind, _ database: Database) throws -> [Value] {
    var places: [[UInt8]: Int] = [:]
    var values: [Value] = []
    for (name, uses) in try FacetTable.values(of: kind, in: database) {
      let key = key(kind, name)
      if let place = places[key] {
        values[place].uses += uses
      } else {
        places[key] = values.count
        values.append(Value(name: name, key: key, uses: uses))
      }
    }
    return values.sorted { ($1.uses, $0.name) < ($0.uses, $1.name) }
  }

  private static func key(_ kind: FacetKind, _ name: String) -> [UInt8] {
    kind == .tag ? Array(name.utf8) : FacetToken.folded(name)
  }

  private func countPostings(_ kind: FacetKind, _ value: Value) throws -> Int {
    switch kind {
    case .tag:
      return try count(
        SQLFragment(
          """
          SELECT generation_id FROM generation_tag
          WHERE tag_id = (SELECT id FROM tag WHERE name = ?)
          """, [value.name]))
    case .model: return try countEntries(FacetToken.token(.model) + value.key)
    case .size: return try countEntries(FacetToken.token(.size) + value.key)
    }
  }

  private func countEntries(_ token: [UInt8]) throws -> Int {
    try count(
      SQLFragment(
        "SELECT rowid FROM search_index WHERE search_index MATCH ?",
        [IndexExpression.token(token).match]))
  }

  private func count(_ ids: SQLFragment) throws -> Int {
    var count = 0
    try IntegerColumn.forEach(ids, in: database) { id in
      if matches.contains(id) { count += 1 }
    }
    return count
  }

  private func countsOfRows(_ kind: FacetKind) throws -> [[UInt8]: Int] {
    let source: String
    switch kind {
    case .tag:
      source = """
        SELECT t.name AS value FROM json_each(?) AS m
        CROSS JOIN generation_tag AS gt ON gt.generation_id = m.value
        JOIN tag AS t ON t.id = gt.tag_id
        """
    case .model:
      source = """
        SELECT g.model AS value FROM json_each(?) AS m CROSS JOIN generation AS g ON g.id = m.value
        WHERE g.model IS NOT NULL
        """
    case .size:
      source = """
        SELECT coalesce(g.width || 'x' || g.height, g.size) AS value
        FROM json_each(?) AS m CROSS JOIN generation AS g ON g.id = m.value
        WHERE g.width IS NOT NULL AND g.height IS NOT NULL OR g.size IS NOT NULL
        """
    }
    let statement = try database.cachedStatement(
      sql: "SELECT value, count(*) FROM (\(source)) GROUP BY value")
    let rows = try Row.fetchCursor(statement, arguments: [JSONList.text(matches.ids)])
    var counts: [[UInt8]: Int] = [:]
    while let row = try rows.next() { counts[Self.key(kind, row[0]), default: 0] += row[1] }
    return counts
  }
}
