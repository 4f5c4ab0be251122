internal import GRDB
import Platform
import SeedbankModel

/// Counts the generations outside the trash by model, month, provider and tag, all in one pass.
///
/// A statement for each of them would read every row once more, and a million rows take longer to read
/// than to count.
struct StatisticsCount: Sendable {
  private(set) var all = StatisticsTotals()
  private(set) var models = TotalsByText()
  private(set) var providers = TotalsByText()
  private(set) var months = TotalsByText()
  private(set) var tags = TotalsByNumber()
  private(set) var byRating: [Int: Int] = [:]
  private(set) var favorites = 0
  private(set) var reproductions = 0
  private var month: Month

  /// - Parameters:
  ///   - ids: the generations to count.
  ///   - utcOffset: seconds east of Greenwich, for the months.
  init(_ ids: ClosedRange<Int64>, utcOffset: Int, in database: Database) throws {
    month = Month(utcOffset: Int64(utcOffset))
    let (first, last) = (ColumnValue.integer(ids.lowerBound), ColumnValue.integer(ids.upperBound))
    var rows = try RawRows(Self.generationSQL, first, last, in: database)
    var images = try RawRows(Self.imageSQL, first, last, in: database)
    var tagRows = try RawRows(Self.tagSQL, first, last, in: database)
    var hasImage = try images.next()
    var hasTag = try tagRows.next()
    while try rows.next() {
      let id = rows.integer(0)
      var row = StatisticsTotals()
      row.generations = 1
      if !rows.isNull(4) { row.tokens = rows.real(4) }
      if !rows.isNull(5) { row.cost = [rows.text(6): rows.integer(5)] }
      while hasImage, images.integer(0) <= id {
        if images.integer(0) == id {
          row.images += 1
          row.bytes &+= images.integer(1)
        }
        hasImage = try images.next()
      }
      while hasTag, tagRows.integer(0) <= id {
        if tagRows.integer(0) == id { tags.add(row, to: tagRows.integer(1)) }
        hasTag = try tagRows.next()
      }
      all.add(row)
      models.add(row, to: rows.bytes(2))
      providers.add(row, to: rows.bytes(3))
      month.withName(of: rows.integer(1)) { months.add(row, to: $0) }
      if !rows.isNull(7) { byRating[Int(rows.integer(7)), default: 0] += 1 }
      if rows.integer(8) != 0 { favorites += 1 }
      if !rows.isNull(9) { reproductions += 1 }
    }
  }

  /// The tokens are in the reply's usage object under one of two names; text that is not JSON has
  /// none.
  ///
  /// Requests that were not sent cost nothing. Those that were refused have no cost.
  private static let generationSQL = """
    SELECT id, created_at, model, provider,
      CASE WHEN usage IS NOT NULL AND json_valid(usage) THEN
        coalesce(json_extract(usage, '$.total_tokens'), json_extract(usage, '$.output_tokens')) END,
      CASE WHEN status <> 'queued' THEN cost END, cost_currency, rating, favorite,
      parent_id
    FROM generation WHERE id BETWEEN ? AND ? AND trashed_at IS NULL ORDER BY id
    """
  private static let imageSQL = """
    SELECT generation_id, bytes FROM image WHERE generation_id BETWEEN ? AND ?
    ORDER BY generation_id
    """
  private static let tagSQL = """
    SELECT generation_id, tag_id FROM generation_tag WHERE generation_id BETWEEN ? AND ?
    ORDER BY generation_id
    """

  /// Adds the counts of other generations.
  mutating func add(_ other: StatisticsCount) {
    all.add(other.all)
    models.add(other.models)
    providers.add(other.providers)
    months.add(other.months)
    tags.add(other.tags)
    byRating.merge(other.byRating, uniquingKeysWith: +)
    favorites += other.favorites
    reproductions += other.reproductions
  }
}

/// The sums over some generations.
struct StatisticsTotals: Sendable {
  var generations = 0
  var images = 0
  var bytes: Int64 = 0
  /// A service may report any number, also a fraction.
  var tokens = 0.0
  /// In millionths, by currency.
  var cost: [String: Int64] = [:]

  mutating func add(_ other: StatisticsTotals) {
    generations += other.generations
    images += other.images
    bytes &+= other.bytes
    tokens += other.tokens
    // Most rows of some libraries have no cost, and iterating over a dictionary takes time.
    if other.cost.isEmpty { return }
    for (currency, amount) in other.cost { cost[currency, default: 0] &+= amount }
  }

  var wholeTokens: Int64 { Int64(exactly: tokens.rounded(.towardZero)) ?? (tokens > 0 ? .max : 0) }

  var money: [String: MoneyAmount] { cost.mapValues { MoneyAmount(microunits: $0) } }

  /// The totals under a name.
  func group(_ name: String) -> LibraryStatistics.Group {
    LibraryStatistics.Group(
      name: name, generations: generations, images: images, bytes: bytes, tokens: wholeTokens,
      cost: money)
  }
}

/// Totals by the bytes of a text, such as a model's name.
struct TotalsByText: Sendable {
  private var names: [[UInt8]] = []
  private var totals: [StatisticsTotals] = []
  private var places: [[UInt8]: Int] = [:]
  private var last = 0

  mutating func add(_ row: StatisticsTotals, to name: UnsafeRawBufferPointer) {
    // Neighbouring rows mostly have the same.
    if names.isEmpty || !Self.areEqual(names[last], name) {
      last = recentPlace(of: name) ?? place(of: Array(name))
    }
    totals[last].add(row)
  }

  /// Adds the totals of other rows.
  mutating func add(_ other: TotalsByText) {
    for (name, row) in zip(other.names, other.totals) { totals[place(of: name)].add(row) }
  }

  /// Most libraries have only a few names, and comparing these takes less time than hashing one.
  private func recentPlace(of name: UnsafeRawBufferPointer) -> Int? {
    for place in names.indices.prefix(Self.mostCompared) where Self.areEqual(names[place], name) {
      return place
    }
    return nil
  }

  private static let mostCompared = 8

  private static func areEqual(_ known: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
    guard known.count == name.count else { return false }
    guard let start = name.baseAddress else { return true }
    return known.withUnsafeBytes { known in
      known.baseAddress.map { memcmp($0, start, name.count) == 0 } ?? true
    }
  }

  private mutating func place(of name: [UInt8]) -> Int {
    if let place = places[name] { return place }
    let place = names.count
    names.append(name)
    totals.append(StatisticsTotals())
    places[name] = place
    return place
  }

  /// In the order of the names.
  var byName: [LibraryStatistics.Group] {
    names.indices.sorted { names[$0].lexicographicallyPrecedes(names[$1]) }.map { place in
      totals[place].group(String(decoding: names[place], as: UTF8.self))
    }
  }
}

/// Totals by the id of a row, such as a tag's.
struct TotalsByNumber: Sendable {
  private var totals: [StatisticsTotals] = []
  /// The place in `totals` of each id below `mostIndexed`; -1 if it has none.
  private var places: [Int] = []
  private var others: [Int64: Int] = [:]

  /// Larger ids are looked up in a dictionary, which takes longer.
  private static let mostIndexed = 1 << 16

  mutating func add(_ row: StatisticsTotals, to number: Int64) {
    totals[place(of: number)].add(row)
  }

  /// Adds the totals of other rows.
  mutating func add(_ other: TotalsByNumber) {
    for (number, place) in other.places.enumerated() where place >= 0 {
      add(other.totals[place], to: Int64(number))
    }
    for (number, place) in other.others { add(other.totals[place], to: number) }
  }

  private mutating func place(of number: Int64) -> Int {
    if let known = known(number) { return known }
    let place = totals.count
    totals.append(StatisticsTotals())
    if (0..<Int64(Self.mostIndexed)).contains(number) {
      let missing = Int(number) + 1 - places.count
      if missing > 0 { places.append(contentsOf: repeatElement(-1, count: missing)) }
      places[Int(number)] = place
    } else {
      others[number] = place
    }
    return place
  }

  private func known(_ number: Int64) -> Int? {
    if number >= 0, number < places.count {
      return places[Int(number)] >= 0 ? places[Int(number)] : nil
    }
    return others.isEmpty ? nil : others[number]
  }

  /// The totals of an id; nil if nothing was added to it.
  subscript(number: Int64) -> StatisticsTotals? { known(number).map { totals[$0] } }
}

/// The month of a time, such as `2026-11`.
private struct Month: Sendable {
  let utcOffset: Int64
  private var days = Int64.max..<Int64.max
  private var name: [UInt8] = []

  init(utcOffset: Int64) { self.utcOffset = utcOffset }

  /// - Parameter milliseconds: since 1970. Times outside of the years 0 to 9999 have no month.
  mutating func withName(of milliseconds: Int64, _ body: (UnsafeRawBufferPointer) -> Void) {
    let seconds = milliseconds / 1000 + utcOffset
    let day = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
    if !days.contains(day) { find(day) }
    name.withUnsafeBytes(body)
  }

  private mutating func find(_ day: Int64) {
    let date = CivilDate(daysSince1970: day)
    let first = day - date.day + 1
    let next = CivilDate(daysSince1970: first + 31)
    days = first..<(first + 31 - next.day + 1)
    name = (0...9999).contains(date.year) ? Array("\(date)".utf8.prefix(7)) : []
  }
}
