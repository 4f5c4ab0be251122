internal import GRDB
public import SeedbankModel
public import SeedbankQuery

/// Consecutive generations of a result that were created in the same month.
public struct MonthRun: Hashable, Sendable {
  /// The month, such as `2026-11`, in the time zone of the search.
  public let month: String
  /// The position of the first generation in the result, from 0.
  public let index: Int
  /// Number of generations in the month.
  public let count: Int
}

/// The numbers of matches by rating and by month of creation.
public struct Distributions: Hashable, Sendable {
  /// The counts for `5` to `1` and `none`, in this order; values without matches are omitted.
  public let ratings: [FacetCount]
  /// The counts by month, such as `2026-11`, the latest first.
  public let months: [FacetCount]
}

extension Library {
  /// Returns the months in which the generations of a result were created, in the order of the
  /// result.
  ///
  /// - Parameter limit: the maximum number of runs; if there are more, short ones join the run
  ///   before them.
  /// - Throws: `SearchError`, `LibraryError`.
  public func months(of request: SearchRequest, limit: Int = 600) throws -> [MonthRun] {
    let months = try read { try MonthTable($0, request.local) }
    var runs: [(month: Int32, index: Int)] = []
    var total = 0
    _ = try forEachID(of: request) { id in
      let month = months.month(of: id.rawValue)
      if runs.last?.month != month { runs.append((month, total)) }
      total += 1
      return true
    }
    let shortest = runs.count > limit ? total / limit : 0
    var result: [MonthRun] = []
    for (place, run) in runs.enumerated() {
      let end = place + 1 < runs.count ? runs[place + 1].index : total
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

  /// Returns the numbers of matches of a query by rating and by month.
  ///
  /// - Parameter few: the maximum number of matches whose rows are read. For more matches, all
  ///   rated rows are read.
  /// - Throws: `SearchError`, `LibraryError`.
  public func distributions(
    _ query: Query, at local: LocalTime, few: Int = 20_000
  ) throws -> Distributions {
    try read { database in
      let resolved = try QueryResolution(database: database).resolved(query)
      let matches = try IDSet(try SearchPlan(resolved, local, in: database), database)
      var stars = try Self.stars(of: matches, few, database)
      stars[0] = matches.count - stars[1...].reduce(0, +)
      let ratings = stars.indices.reversed().filter { stars[$0] > 0 }.map {
        FacetCount(value: $0 == 0 ? "none" : "\($0)", count: stars[$0])
      }
      let counts = matches.count > 0 ? try MonthTable(database, local).counts(of: matches) : [:]
      let months = counts.sorted { $0.key > $1.key }.map {
        FacetCount(value: MonthTable.text($0.key), count: $0.value)
      }
      return Distributions(ratings: ratings, months: months)
    }
  }

  /// Returns the numbers of matches with 1 to 5 stars; the element at 0 is 0.
  private static func stars(
    of matches: IDSet, _ few: Int, _ database: Database
  ) throws -> [Int] {
    var stars = [Int](repeating: 0, count: 6)
    func add(_ count: Int, _ rating: Int64) { stars[Int(min(max(rating, 0), 5))] += count }
    if matches.count > few {
      var rated = try RawRows(
        "SELECT rating, id FROM generation WHERE rating IS NOT NULL", in: database)
      while try rated.next() {
        if matches.contains(rated.integer(1)) { add(1, rated.integer(0)) }
      }
      return stars
    }
    let statement = try database.cachedStatement(
      sql: """
        SELECT g.rating, count(*) FROM json_each(?) AS m CROSS JOIN generation AS g ON g.id = m.value
        WHERE g.rating IS NOT NULL GROUP BY g.rating
        """)
    for part in matches.ids.chunks(of: 2_000) {
      let rows = try Row.fetchCursor(statement, arguments: [JSONList.text(part)])
      while let row = try rows.next() { add(row[1], row[0]) }
    }
    return stars
  }
}

/// The month in which each generation was created, as years since year 0 times 12 plus the month
/// from 0.
///
/// Generations that are not `late` were created in the order of their ids. So a month is a range of
/// ids, and one step in the index of times finds its start. Late generations are read one by one.
private struct MonthTable {
  /// The first id of each month, in ascending order.
  private var starts: [(id: Int64, month: Int32)] = []
  /// The late generations, in ascending order of id.
  private var late: [(id: Int64, month: Int32)] = []

  init(_ database: Database, _ local: LocalTime) throws {
    let next = """
      SELECT id, created_at FROM generation WHERE late = 0 AND created_at >= ?
      ORDER BY created_at, id LIMIT 1
      """
    var times = Int64.min..<Int64.min
    while true {
      let row = try IntegerRow.fetch(next, [times.upperBound], columns: 2, in: database)
      guard let id = row[0], let time = row[1] else { break }
      let month = Self.month(of: time, local, &times)
      starts.append((id, month))
      guard times.contains(time) else { break }
    }
    var rows = try RawRows("SELECT id, created_at FROM generation WHERE late = 1", in: database)
    times = Int64.min..<Int64.min
    var month: Int32 = 0
    while try rows.next() {
      let time = rows.integer(1)
      if !times.contains(time) { month = Self.month(of: time, local, &times) }
      late.append((rows.integer(0), month))
    }
    late.sort { $0.id < $1.id }
  }

  /// - Parameter times: receives the range of times of the month, if the calendar can compute its
  ///   end.
  private static func month(
    of time: Int64, _ local: LocalTime, _ times: inout Range<Int64>
  ) -> Int32 {
    var date = local.civil(Timestamp(milliseconds: time)).date
    var next = date.startOfNextMonth
    // Clocks that are set back past midnight show the last day again after the next month has begun.
    if let start = next, local.instant(start).milliseconds <= time {
      (date, next) = (start, start.startOfNextMonth)
    }
    if let start = CivilDate(year: date.year, month: date.month, day: 1), let next {
      let (first, end) = (local.instant(start).milliseconds, local.instant(next).milliseconds)
      times = first..<max(first, end)
    }
    return Int32(date.year * 12 + date.month - 1)
  }

  func month(of id: Int64) -> Int32 {
    if let last = Self.last(in: late, upTo: id), last.id == id { return last.month }
    return Self.last(in: starts, upTo: id)?.month ?? 0
  }

  /// Returns the number of matches in each month that has at least one.
  func counts(of matches: IDSet) -> [Int32: Int] {
    var counts: [Int32: Int] = [:]
    for (place, start) in starts.enumerated() {
      let end = place + 1 < starts.count ? starts[place + 1].id - 1 : .max
      counts[start.month, default: 0] += matches.count(in: start.id...end)
    }
    for row in late where matches.contains(row.id) {
      if let range = Self.last(in: starts, upTo: row.id) { counts[range.month, default: 0] -= 1 }
      counts[row.month, default: 0] += 1
    }
    return counts.filter { $0.value > 0 }
  }

  private static func last(
    in rows: [(id: Int64, month: Int32)], upTo id: Int64
  ) -> (id: Int64, month: Int32)? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].id <= id { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? rows[low - 1] : nil
  }

  static func text(_ month: Int32) -> String {
    let digits = "\(month / 12)"
    let number = month % 12 + 1
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + (number < 10 ? "-0" : "-") + "\(number)"
  }
}

extension CivilDate {
  /// The first day of the next month.
  fileprivate var startOfNextMonth: CivilDate? {
    month == 12
      ? CivilDate(year: year + 1, month: 1, day: 1)
      : CivilDate(year: year, month: month + 1, day: 1)
  }
}
