internal import GRDB

/// The ids of the matches of a plan, one bit for each id.
struct IDSet {
  private var first: Int64 = 0
  private var words: [UInt64] = []
  private(set) var count = 0

  init(_ plan: SearchPlan, _ database: Database) throws {
    guard !plan.isEmpty else { return }
    self = try plan.run { plan in
      if let set = try plan.matchesOfOnlyTerm(in: database) { return set }
      var set = IDSet()
      try IntegerCollector.forEachID(of: plan, in: database) { set.insert($0) }
      return set
    }
  }

  init() {}

  /// The largest id for which a set is used, because a set of few ids can have a bit for each smaller one: 128 MB.
  static let largestID: Int64 = 1 << 30

  /// The memory that it uses.
  var byteCount: Int { words.count * MemoryLayout<UInt64>.size }

  init(_ ids: some Sequence<Int64>) {
    for id in ids { insert(id) }
  }

  /// Adds an id; this is fast if ids are added in ascending order.
  mutating func insert(_ id: Int64) {
    if words.isEmpty { first = id & ~63 }
    if id < first {
      let start = id & ~63
      words.insert(contentsOf: repeatElement(0, count: Int((first - start) >> 6)), at: 0)
      first = start
    }
    let place = Int(id - first)
    while words.count <= place >> 6 { words.append(0) }
    let bit: UInt64 = 1 << UInt64(place & 63)
    if words[place >> 6] & bit == 0 { count += 1 }
    words[place >> 6] |= bit
  }

  func contains(_ id: Int64) -> Bool {
    guard id >= first else { return false }
    let place = Int(id - first)
    guard place >> 6 < words.count else { return false }
    return words[place >> 6] >> UInt64(place & 63) & 1 == 1
  }

  /// A range that contains all ids; nil if the set is empty.
  ///
  /// It begins at most 63 before the lowest id and ends at most 63 after the highest id.
  var range: ClosedRange<Int64>? {
    count > 0 ? first...(first + Int64(words.count * 64 - 1)) : nil
  }

  /// Returns the number of ids within a range.
  func count(in range: ClosedRange<Int64>) -> Int {
    guard let all = self.range, all.overlaps(range) else { return 0 }
    let range = range.clamped(to: all)
    let (start, end) = (Int(range.lowerBound - first), Int(range.upperBound - first))
    var count = 0
    for index in start >> 6...end >> 6 {
      var word = words[index]
      if index == start >> 6 { word &= ~0 << UInt64(start & 63) }
      if index == end >> 6 { word &= ~0 >> UInt64(63 - end & 63) }
      count += word.nonzeroBitCount
    }
    return count
  }

  /// Calls `body` with the ids in order until it returns false; returns whether it always returned true.
  func forEach(_ direction: SearchPlan.Direction, _ body: (Int64) throws -> Bool) rethrows -> Bool {
    for number in words.indices {
      let index = direction == .oldest ? number : words.count - 1 - number
      var rest = words[index]
      while rest != 0 {
        let bit = direction == .oldest ? rest.trailingZeroBitCount : 63 - rest.leadingZeroBitCount
        if try !body(first + Int64(index * 64 + bit)) { return false }
        rest &= ~(1 << UInt64(bit))
      }
    }
    return true
  }

  /// The ids in ascending order.
  var ids: [Int64] {
    var ids: [Int64] = []
    ids.reserveCapacity(count)
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        ids.append(first + Int64(index * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return ids
  }
}
