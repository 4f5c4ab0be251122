/// Ids that were seen, in any order: one bit for each, in pages because ids may have gaps.
struct SeenIDs {
  private var words: [UInt64] = []
  /// The start of each page in `words`.
  private var starts: [Int64: Int] = [:]
  private var last: (page: Int64, start: Int)?
  /// Ids of a page: 2 to the power of this.
  private static let pageBits: Int64 = 12

  /// Adds an id; returns whether it is new.
  mutating func insert(_ id: Int64) -> Bool {
    let page = id >> Self.pageBits
    if last?.page != page { last = (page, start(of: page)) }
    let place = Int(id & (1 << Self.pageBits - 1))
    let word = (last?.start ?? 0) + place >> 6
    let bit: UInt64 = 1 << UInt64(place & 63)
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    return true
  }

  private mutating func start(of page: Int64) -> Int {
    if let start = starts[page] { return start }
    let start = words.count
    words.append(contentsOf: repeatElement(0, count: 1 << Int(Self.pageBits - 6)))
    starts[page] = start
    return start
  }
}
