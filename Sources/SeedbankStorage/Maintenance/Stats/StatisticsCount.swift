internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Counts generations outside the trash by model, month, provider and tag, all in one pass.
///
/// A statement for each of them would read every row once more, and a million rows take longer to read
/// than to count. The tags and models come from the facet blocks, which take a small part of the time of
/// their rows.
struct StatisticsCount: Sendable {
  private(set) var all = StatisticsTotals()
  private(set) var providers = TotalsByText()
  private(set) var months = TotalsByText()
  /// Indexed by the stars.
  private var ratings = [Int](repeating: 0, count: 6)
  private(set) var favorites = 0
  /// By facet number; those of sizes stay empty.
  private var facetTotals: [StatisticsTotals] = []
  private var withoutModel = StatisticsTotals()
  private var facets: FacetNumbers
  private var chunk = StatisticsChunk()
  private var month: Month

  /// - Parameters:
  ///   - local: the time zone of the months.
  ///   - readsRows: whether facets are read from the rows, because their blocks are damaged.
  init(_ local: LocalTime, readsRows: Bool, in database: Database) throws {
    month = Month(local: local)
    facets = readsRows ? FacetNumbers() : try FacetNumbers(in: database)
  }

  /// Counts the generations with these ids.
  ///
  /// - Parameter ids: not more than a few thousand.
  mutating func add(_ ids: ClosedRange<Int64>, in database: Database) throws {
    try chunk.read(ids, &facets, in: database)
    makeRoom(for: facets.count)
    try StatisticsFunction.run(ids, &self, in: database)
  }

  private mutating func makeRoom(for count: Int) {
    let missing = count - facetTotals.count
    if missing > 0 {
      facetTotals.append(contentsOf: repeatElement(StatisticsTotals(), count: missing))
    }
  }

  /// Counts a generation of the ids that are being counted.
  mutating func add(_ row: StatisticsRow) {
    if let rating = row.rating, ratings.indices.contains(rating) { ratings[rating] += 1 }
    if row.isFavorite { favorites += 1 }
    let images = chunk.images(at: Int(row.id - chunk.first))
    if images == nil, row.cost == nil, row.tokens == TokenSum() {
      // Adding to each total of each group takes longer than everything else about such a row.
      return change(row) { $0.generations += 1 }
    }
    var totals = StatisticsTotals()
    totals.generations = 1
    if let images { (totals.images, totals.bytes) = images }
    totals.tokens = row.tokens
    if let cost = row.cost { totals.cost = [cost.currency: Int128(cost.amount)] }
    change(row) { $0.add(totals) }
  }

  /// Changes the totals of all groups of a row.
  @inline(__always)
  private mutating func change(_ row: StatisticsRow, _ body: (inout StatisticsTotals) -> Void) {
    let place = Int(row.id - chunk.first)
    body(&all)
    if let model = chunk.model(at: place) {
      body(&facetTotals[model])
    } else {
      body(&withoutModel)
    }
    for tag in chunk.tags(at: place) { body(&facetTotals[Int(tag)]) }
    providers.change(row.provider, body)
    month.withName(of: row.createdAt) { months.change($0, body) }
  }

  /// Adds the counts of other generations.
  mutating func add(_ other: StatisticsCount) {
    all.add(other.all)
    providers.add(other.providers)
    months.add(other.months)
    for (number, count) in other.ratings.enumerated() { ratings[number] += count }
    favorites += other.favorites
    withoutModel.add(other.withoutModel)
    for (number, totals) in other.facetTotals.enumerated() where totals.generations > 0 {
      var own = number
      if facets.areOfRows {
        // Each count gave its own numbers.
        guard let facet = other.facets[number] else { continue }
        own = facets.number(of: facet)
      }
      makeRoom(for: own + 1)
      facetTotals[own].add(totals)
    }
  }

  /// Whether the facets are as frequent as their table says.
  mutating func agreesWithFacets() -> Bool {
    makeRoom(for: facets.count)
    return facetTotals.indices.allSatisfy {
      facets.agree($0, generations: facetTotals[$0].generations)
    }
  }

  /// The number of generations by rating.
  var byRating: [Int: Int] {
    ratings.enumerated().reduce(into: [:]) { counts, rating in
      if rating.element > 0 { counts[rating.offset] = rating.element }
    }
  }

  /// The name of generations without a model is empty.
  var models: TotalsByText {
    var models = totals(of: .model)
    if withoutModel.generations > 0 { models.add(withoutModel, to: []) }
    return models
  }

  var tags: TotalsByText { totals(of: .tag) }

  private func totals(of kind: FacetKind) -> TotalsByText {
    var found = TotalsByText()
    for (number, totals) in facetTotals.enumerated() where totals.generations > 0 {
      if let facet = facets[number], facet.kind == kind {
        found.add(totals, to: Array(facet.value.utf8))
      }
    }
    return found
  }
}

/// The month of a time, such as `2026-11`.
private struct Month: Sendable {
  let local: LocalTime
  /// The instants of the month that was asked for last, in milliseconds.
  private var times = Int64.max..<Int64.max
  private var name: [UInt8] = []

  init(local: LocalTime) { self.local = local }

  /// - Parameter milliseconds: since 1970. Times outside of the years 0 to 9999 have no month.
  mutating func withName(of milliseconds: Int64, _ body: (UnsafeRawBufferPointer) -> Void) {
    // Neighbouring rows mostly have the same month, and the time zone is asked only for others.
    if !times.contains(milliseconds) { find(milliseconds) }
    name.withUnsafeBytes(body)
  }

  private mutating func find(_ milliseconds: Int64) {
    guard milliseconds.magnitude < Self.beyond else {
      times = Int64.max..<Int64.max
      name = []
      return
    }
    let date = local.civil(Timestamp(milliseconds: milliseconds)).date
    let last = date.daysSince1970 - date.day
    choose(monthWith: last + 1)
    // If clocks go back over the end of a month, its last hour counts in the next month when it is repeated.
    if milliseconds < times.lowerBound { choose(monthWith: last) }
    if milliseconds >= times.upperBound { choose(monthWith: last + 32) }
  }

  /// - Parameter day: days since 1970.
  private mutating func choose(monthWith day: Int64) {
    let date = CivilDate(daysSince1970: day)
    let first = day - date.day + 1
    let next = first + 32 - CivilDate(daysSince1970: first + 31).day
    times = start(of: first)..<max(start(of: first), start(of: next))
    name = (0...9999).contains(date.year) ? Array("\(date)".utf8.prefix(7)) : []
  }

  private func start(of day: Int64) -> Int64 {
    local.instant(CivilDate(daysSince1970: day)).milliseconds
  }

  /// Times from here on are far outside of the years that have months.
  private static let beyond: UInt64 = 1 << 50
}
