import SeedbankModel

/// The sums over some generations.
///
/// Records of other libraries can contain any numbers, so the sums have more digits than what is shown.
struct StatisticsTotals: Sendable {
  var generations = 0
  var images = 0
  var bytes: Int128 = 0
  var tokens = TokenSum()
  /// In millionths, by currency.
  var cost: [String: Int128] = [:]

  mutating func add(_ other: StatisticsTotals) {
    generations += other.generations
    images += other.images
    bytes += other.bytes
    tokens.add(other.tokens)
    for (currency, amount) in other.cost { cost[currency, default: 0] += amount }
  }

  var money: [String: MoneyAmount] {
    cost.mapValues { MoneyAmount(microunits: Int64(clamping: $0)) }
  }

  /// The totals under a name.
  func group(_ name: String) -> LibraryStatistics.Group {
    LibraryStatistics.Group(
      name: name, generations: generations, images: images, bytes: Int64(clamping: bytes),
      tokens: tokens.whole, cost: money)
  }
}

/// A sum of numbers of tokens, the same in whatever order they are added.
///
/// A service may report any number, also a fraction.
struct TokenSum: Hashable, Sendable {
  /// In parts of 2^-32.
  private var parts: Int128 = 0

  init() {}

  init(_ tokens: Double) {
    if let whole = Int64(exactly: tokens) {
      parts = Int128(whole) << 32
    } else if !tokens.isNaN {
      // More than 2^64 is more than can be shown.
      let most = 0x1p64
      parts = Int128((min(max(tokens, -most), most) * 0x1p32).rounded())
    }
  }

  mutating func add(_ other: TokenSum) { parts &+= other.parts }

  /// Without the fraction; 0 if it is too far below 0.
  var whole: Int64 {
    let whole = parts / (1 << 32)
    return Int64(exactly: whole) ?? (whole > 0 ? .max : 0)
  }
}

/// Totals by the bytes of a text, such as a model's name.
struct TotalsByText: Sendable {
  private var names: [[UInt8]] = []
  private var totals: [StatisticsTotals] = []
  private var places: [[UInt8]: Int] = [:]
  private var last = 0

  /// Changes the totals under a name.
  @inline(__always)
  mutating func change(
    _ name: UnsafeRawBufferPointer, _ body: (inout StatisticsTotals) -> Void
  ) {
    // Neighbouring rows mostly have the same.
    if names.isEmpty || !names[last].isEqual(to: name) {
      last = recentPlace(of: name) ?? place(of: Array(name))
    }
    body(&totals[last])
  }

  mutating func add(_ other: StatisticsTotals, to name: [UInt8]) {
    totals[place(of: name)].add(other)
  }

  /// Adds the totals of other rows.
  mutating func add(_ other: TotalsByText) {
    for (name, row) in zip(other.names, other.totals) { add(row, to: name) }
  }

  /// Most libraries have only a few names, and comparing these takes less time than hashing one.
  private func recentPlace(of name: UnsafeRawBufferPointer) -> Int? {
    for place in names.indices.prefix(Self.mostCompared) where names[place].isEqual(to: name) {
      return place
    }
    return nil
  }

  private static let mostCompared = 8

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
