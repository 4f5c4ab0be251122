internal import GRDB
internal import GRDBSQLite
public import SeedbankModel
public import SeedbankQuery

/// Neighbours in the order of a result that were created in the same month.
public struct MonthRun: Hashable, Sendable {
  /// `2026-11`, in the time zone of the search.
  public let month: String
  /// The place of the first one in the result, from 0.
  public let index: Int
  /// Number of generations in the month.
  public let count: Int
}

/// How many matches have each rating and were created in each month.
public struct Distributions: Hashable, Sendable {
  /// `1` to `5` and `none`, the highest first; those that no match has are left out.
  public let ratings: [FacetCount]
  /// `2026-11`, the latest first.
  public let months: [FacetCount]
}

extension Library {
  /// The months in which the generations of a result were created, in the order of the result.
  ///
  /// - Parameter limit: the most runs; if there are more, short ones join the run before them.
  /// - Throws: `LibraryError`.
  public func months(
    of ids: [GenerationID], at local: LocalTime, limit: Int = 600
  ) throws -> [MonthRun] {
    guard !ids.isEmpty else { return [] }
    let months = try read { try MonthTable($0, local) }
    var runs: [(month: Int32, index: Int)] = []
    for (index, id) in ids.enumerated() {
      let month = months.month(of: id.rawValue)
      if runs.last?.month != month { runs.append((month, index)) }
    }
    let shortest = runs.count > limit ? ids.count / limit : 0
    var result: [MonthRun] = []
    for (place, run) in runs.enumerated() {
      let end = place + 1 < runs.count ? runs[place + 1].index : ids.count
      let text = MonthTable.text(run.month)
      if let last = result.last, end - run.index < shortest || last.month == text {
        result[result.count - 1] = MonthRun(
          month: last.month, index: last.index, count: end - last.index)
      } else {
        result.append(MonthRun(month: text, index: run.index, count: end - run.index))
      }
    }
    return result
  }

  /// Counts the ratings and months of what a query matches.
  ///
  /// - Throws: `SearchError`, `LibraryError`.
  public func distributions(_ query: Query, at local: LocalTime) throws -> Distributions {
    try read { database in
      let resolved = try QueryResolution(database: database).resolved(query)
      let matches = try IDSet(try SearchPlan(resolved, local, in: database), database)
      var stars = [Int](repeating: 0, count: 6)
      let rated = try Row.fetchCursor(
        database.cachedStatement(
          sql: "SELECT rating, id FROM generation WHERE rating IS NOT NULL"))
      while let row = try rated.next() {
        if matches.contains(row[1]) { stars[min(max(row[0] as Int, 0), 5)] += 1 }
      }
      stars[0] = matches.count - stars[1...].reduce(0, +)
      let ratings = stars.indices.reversed().filter { stars[$0] > 0 }.map {
        FacetCount(value: $0 == 0 ? "none" : "\($0)", count: stars[$0])
      }
      var counts: [Int32: Int] = [:]
      if matches.count > 0 {
        try MonthTable.forEach(database, local) { id, month in
          if matches.contains(id) { counts[month, default: 0] += 1 }
        }
      }
      let months = counts.sorted { $0.key > $1.key }.map {
        FacetCount(value: MonthTable.text($0.key), count: $0.value)
      }
      return Distributions(ratings: ratings, months: months)
    }
  }
}

/// The month in which each generation was created: years since 0 times 12 and months from 0.
private struct MonthTable {
  private var first: Int64 = 0
  private var months: [Int32] = []

  init(_ database: Database, _ local: LocalTime) throws {
    let sql = "SELECT min(id), max(id) FROM generation"
    let ends = try IntegerRow.fetch(sql, [], columns: 2, in: database)
    // A damaged catalog may have ids far apart.
    guard let first = ends[0], let last = ends[1], last - first < 1 << 28 else { return }
    self.first = first
    months = [Int32](repeating: 0, count: Int(last - first) + 1)
    var table = self
    try Self.forEach(database, local) { id, month in table.months[Int(id - first)] = month }
    self = table
  }

  func month(of id: Int64) -> Int32 {
    let place = Int(id - first)
    return months.indices.contains(place) ? months[place] : 0
  }

  /// Calls `body` with every generation, read from the index of times alone.
  static func forEach(
    _ database: Database, _ local: LocalTime, _ body: (Int64, Int32) -> Void
  ) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT id, created_at FROM generation INDEXED BY generation_created")
    let handle = statement.sqliteStatement
    sqlite3_reset(handle)
    defer { sqlite3_reset(handle) }
    // Times come in order but for late ones, so a month is looked up once for many.
    var known: Range<Int64> = 0..<0
    var month: Int32 = 0
    while sqlite3_step(handle) == SQLITE_ROW {
      let time = sqlite3_column_int64(handle, 1)
      if !known.contains(time) {
        let date = local.civil(Timestamp(milliseconds: time)).date
        month = Int32(date.year * 12 + date.month - 1)
        let next =
          date.month == 12
          ? CivilDate(year: date.year + 1, month: 1, day: 1)
          : CivilDate(year: date.year, month: date.month + 1, day: 1)
        let start = CivilDate(year: date.year, month: date.month, day: 1)
        if let start, let next {
          known = local.instant(start).milliseconds..<local.instant(next).milliseconds
        }
      }
      body(sqlite3_column_int64(handle, 0), month)
    }
  }

  static func text(_ month: Int32) -> String {
    let digits = "\(month / 12)"
    let number = month % 12 + 1
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + (number < 10 ? "-0" : "-") + "\(number)"
  }
}
