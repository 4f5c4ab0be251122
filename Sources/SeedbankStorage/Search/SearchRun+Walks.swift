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
    let matches = try IDSet(plan, database)
    let page = after.map { _ in "AND (created_at, id) < (?, ?)" } ?? ""
    let bounds = after.map { [$0.createdAt, $0.id] } ?? []
    // The index returns both halves sorted, and SQLite merges them while it reads them.
    let query =
      SQLFragment("SELECT id, created_at FROM generation WHERE late = 0 \(page)", bounds)
      + SQLFragment(
        "UNION ALL SELECT id, created_at FROM generation WHERE late = 1 \(page)", bounds)
      + SQLFragment("ORDER BY created_at DESC, id DESC")
    try forEach(query) { try matches.contains($0) ? body($0) : true }
  }

  /// Calls `body` with the matches in ascending order of seed, unknown seeds last.
  func walkSeeds(_ after: AfterRow?, _ body: Body) throws {
    let matches = try IDSet(plan, database)
    let isAmongUnknown = after.map { $0.seed == nil } ?? false
    var wantsMore = true
    let filtered: Body = { id in
      if matches.contains(id) { wantsMore = try body(id) }
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
  }

  private static func seeds(in column: String, after seed: Int64?, _ id: Int64?) -> SQLFragment {
    let page = seed.map { SQLFragment("AND (\(column), id) > (?, ?)", [$0, id]) }
    return SQLFragment("SELECT id FROM generation WHERE \(column) IS NOT NULL")
      + (page ?? SQLFragment("")) + SQLFragment("ORDER BY \(column), id")
  }

  /// Calls `body` with the matches in the order of a hash of the id and the number of the shuffle.
  func shuffled(_ seed: UInt64, _ after: Int64?, _ body: Body) throws {
    struct Card: Comparable {
      let key: UInt64
      let id: Int64
      static func < (left: Self, right: Self) -> Bool {
        (left.key, left.id) < (right.key, right.id)
      }
    }
    func card(_ id: Int64) -> Card { Card(key: Shuffle.key(of: id, seed), id: id) }
    let first = after.map(card)
    let most = request.limit > 0 ? request.limit : Int.max
    var hand: [Card] = []
    // The last match of a full page; matches with higher hashes are on a later page.
    var last: Card?
    try IntegerVisitor.forEachID(of: plan, in: database) { id in
      let drawn = card(id)
      if let first, drawn <= first { return }
      if let last, drawn > last { return }
      hand.append(drawn)
      // Only the lowest hashes are kept, so a page needs at most the memory of two pages.
      if hand.count >= 1_024, hand.count / 2 >= most {
        hand.sort()
        hand.removeLast(hand.count - most)
        last = hand.last
      }
    }
    for card in hand.sorted() where try !body(card.id) { return }
  }

  func forEach(_ query: SQLFragment, _ body: Body) throws {
    let cursor = try Int64.fetchCursor(
      database.cachedStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
    while let id = try cursor.next() {
      if try !body(id) { return }
    }
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
