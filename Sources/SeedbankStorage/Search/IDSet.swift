internal import GRDB

/// The ids of a plan's matches, a bit each.
struct IDSet {
  private var first: Int64 = 0
  private var words: [UInt64] = []
  private(set) var count = 0

  init(_ plan: SearchPlan, _ database: Database) throws {
    guard !plan.isEmpty else { return }
    self = try plan.run { plan in
      var set = IDSet()
      try IntegerColumn.forEach(plan.ids(.oldest), in: database) { set.append($0) }
      return set
    }
  }

  private init() {}

  /// Adds an id that is greater than those before it.
  private mutating func append(_ id: Int64) {
    if words.isEmpty { first = id & ~63 }
    let place = Int(id - first)
    while words.count <= place >> 6 { words.append(0) }
    words[place >> 6] |= 1 << UInt64(place & 63)
    count += 1
  }

  func contains(_ id: Int64) -> Bool {
    guard id >= first else { return false }
    let place = Int(id - first)
    guard place >> 6 < words.count else { return false }
    return words[place >> 6] >> UInt64(place & 63) & 1 == 1
  }

  /// The ids, ascending.
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
