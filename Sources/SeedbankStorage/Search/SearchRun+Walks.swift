internal import GRDB

extension SearchRun {
  /// Calls `body` with the matches, the latest creation first.
  func created(_ after: AfterRow?, _ body: Body) throws {
    let sql = "SELECT 1 FROM generation WHERE late = 1 LIMIT 1"
    guard try Int.fetchOne(database.cachedStatement(sql: sql)) != nil else {
      // No generation is late, so this is the order of arrival, which needs no sorting.
      let query =
        plan.selection(plan.id)
        + SQLFragment(after == nil ? "" : "AND \(plan.id) < ?", after.map { [$0.id] } ?? [])
        + SQLFragment("ORDER BY \(plan.id) DESC")
      return try forEach(query, body)
    }
    var matches = try orderedMatches()
    let page = after.map { _ in "AND (created_at, id) < (?, ?)" } ?? ""
    let bounds = after.map { [$0.createdAt, $0.id] } ?? []
    // The index returns both halves sorted, and SQLite merges them while it reads them.
    let query =
      SQLFragment("SELECT id, created_at FROM generation WHERE late = 0 \(page)", bounds)
      + SQLFragment(
        "UNION ALL SELECT id, created_at FROM generation WHERE late = 1 \(page)", bounds)
      + SQLFragment("ORDER BY created_at DESC, id DESC")
    var wantsMore = true
    try forEach(query) { id in
      wantsMore = try matches.add(id, body)
      return wantsMore
    }
    if wantsMore { _ = try matches.finish(body) }
  }

  private func orderedMatches() throws -> OrderedMatches {
    try OrderedMatches(plan, wanted: request.limit, costOfRow: costOfRow, in: database)
  }

  /// Calls `body` with the matches in ascending order of seed, unknown seeds last.
  func walkSeeds(_ after: AfterRow?, _ body: Body) throws {
    var matches = try orderedMatches()
    let isAmongUnknown = after.map { $0.seed == nil } ?? false
    var wantsMore = true
    let filtered: Body = { id in
      wantsMore = try matches.add(id, body)
      return wantsMore
    }
    let columns = after?.seed?.columns
    // Seeds from 2⁶³ on are in a separate column, which is read after the other one.
    if !isAmongUnknown, columns?.high == nil {
      try forEach(Self.seeds(in: "seed", after: columns?.seed, after?.id), filtered)
    }
    if wantsMore, !isAmongUnknown {
      try forEach(Self.seeds(in: "seed_high", after: columns?.high, after?.id), filtered)
    }
    guard wantsMore else { return }
    let first = isAmongUnknown ? after?.id ?? .min : .min
    try forEach(
      SQLFragment(
        """
        SELECT id FROM generation WHERE seed IS NULL AND seed_high IS NULL AND id > ? ORDER BY id
        """, [first]), filtered)
    if wantsMore { _ = try matches.finish(body) }
  }

  private static func seeds(in column: String, after seed: Int64?, _ id: Int64?) -> SQLFragment {
    let page = seed.map { SQLFragment("AND (\(column), id) > (?, ?)", [$0, id]) }
    return SQLFragment("SELECT id FROM generation WHERE \(column) IS NOT NULL")
      + (page ?? SQLFragment("")) + SQLFragment("ORDER BY \(column), id")
  }

  /// Calls `body` with the matches in the order of a hash of the id and the number of the shuffle.
  func shuffled(_ seed: UInt64, _ after: Int64?, _ body: Body) throws {
    let first = after.map { ShuffledID($0, seed) }
    if let page = try firstOfShuffle(seed, after: first) {
      for id in page where try !body(id) { return }
      return
    }
    let most = request.limit > 0 ? request.limit : Int.max
    var lowest: [ShuffledID] = []
    // The last match of a full page; matches with higher hashes are on a later page.
    var last: ShuffledID?
    try IntegerCollector.forEachID(of: plan, in: database) { id in
      let match = ShuffledID(id, seed)
      if let first, match <= first { return }
      if let last, match > last { return }
      lowest.append(match)
      // Only the lowest hashes are kept, so a page needs at most the memory of two pages.
      if lowest.count >= 1_024, lowest.count / 2 >= most {
        lowest.sort()
        lowest.removeLast(lowest.count - most)
        last = lowest.last
      }
    }
    for match in lowest.sorted() where try !body(match.id) { return }
  }

  /// Returns a full page of a shuffle if it is found among the ids with the lowest hashes.
  ///
  /// Hashes are computed for all ids, with or without a row, because that reads nothing. Only the
  /// rows of the lowest are read.
  private func firstOfShuffle(_ seed: UInt64, after first: ShuffledID?) throws -> [Int64]? {
    guard request.limit > 0, let all = try OrderedMatches.range(in: database),
      all.overlaps(plan.ids)
    else { return nil }
    let range = all.clamped(to: plan.ids)
    guard range.count <= Self.mostHashed else { return nil }
    var matches = try orderedMatches()
    guard matches.readsRows else { return nil }
    let step = UInt64.max / UInt64(range.count)
    let (width, isAll) = step.multipliedReportingOverflow(by: Self.candidates)
    let (end, isToEnd) = (first?.key ?? 0).addingReportingOverflow(width)
    let limit = isAll || isToEnd ? UInt64.max : end
    var lowest: [ShuffledID] = []
    for id in range {
      let candidate = ShuffledID(id, seed)
      if candidate.key > limit { continue }
      if let first, candidate <= first { continue }
      lowest.append(candidate)
    }
    var page: [Int64] = []
    let collect: Body = { id in
      page.append(id)
      return page.count < request.limit
    }
    for candidate in lowest.sorted() where try !matches.add(candidate.id, collect) { return page }
    return try matches.finish(collect) ? nil : page
  }

  /// The number of ids whose rows may be read for a page.
  private static let candidates: UInt64 = 2_048
  private static let mostHashed = 1 << 25

  func forEach(_ query: SQLFragment, _ body: Body) throws {
    let cursor = try Int64.fetchCursor(
      database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    while let id = try cursor.next() {
      if try !body(id) { return }
    }
  }
}

/// An id with its place in a random order.
private struct ShuffledID: Comparable {
  let key: UInt64
  let id: Int64

  init(_ id: Int64, _ seed: UInt64) {
    key = Shuffle.key(of: id, seed)
    self.id = id
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.key, left.id) < (right.key, right.id)
  }
}

/// The random order of results.
enum Shuffle {
  /// Returns the finalizer of SplitMix64 for the id and the number of the shuffle.
  static func key(of id: Int64, _ seed: UInt64) -> UInt64 {
    var key = UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15 &+ seed
    key = (key ^ key >> 30) &* 0xBF58_476D_1CE4_E5B9
    key = (key ^ key >> 27) &* 0x94D0_49BB_1331_11EB
    return key ^ key >> 31
  }
}
