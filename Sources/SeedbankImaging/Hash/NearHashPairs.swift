import Dispatch

/// All pairs of hashes that differ in few bits, found without comparing every pair.
///
/// This is multi-index hashing (Norouzi, Punjani and Fleet 2012). The 64 bits are split into bands, each
/// with a radius. The radii are such that two hashes within the distance differ by no more than the radius
/// in at least one band. So it is enough to compare hashes whose bits of a band are that close.
struct NearHashPairs {
  private let hashes: [UInt64]
  private let distance: Int
  private let bands: [HashBand]

  /// - Parameters:
  ///   - hashes: distinct ones.
  ///   - distance: number of bits that may differ.
  ///   - bandCount: 3 to 8, or 1 to compare every pair; nil chooses the quickest.
  init(_ hashes: [UInt64], within distance: Int, bandCount: Int? = nil) {
    self.hashes = hashes
    self.distance = distance
    let count =
      bandCount
      ?? Self.bandCounts.min {
        Self.cost(hashes.count, distance, $0) < Self.cost(hashes.count, distance, $1)
      } ?? 1
    bands = HashBand.split(count, within: distance)
  }

  /// Wider bands than those of three would need tables of more than 2²² places.
  private static let bandCounts = [1, 3, 4, 5, 6, 7, 8]

  /// An estimate of the work: about 1 for each comparison of two hashes.
  private static func cost(_ count: Int, _ distance: Int, _ bandCount: Int) -> Double {
    let count = Double(count)
    return HashBand.split(bandCount, within: distance).reduce(0) { sum, band in
      guard band.width < 64 else { return sum + count * count / 2 }
      let places = Double(band.keyCount)
      let lookups = Double(band.differences.count) * count / 2
      return sum + places + lookups * 2 + lookups * count / places
    }
  }

  /// Calls `body`, on several threads, with groups of pairs of indices into the hashes.
  ///
  /// A pair can come more than once.
  func find(_ body: @escaping @Sendable ([(Int, Int)]) -> Void) {
    for band in bands {
      guard band.width < 64 else { return compareAll(body) }
      let table = HashTable(hashes, band)
      DispatchQueue.concurrentPerform(iterations: band.differences.count) { number in
        var pairs = PairBuffer(body)
        table.forEachPair(apart: band.differences[number], within: distance, &pairs)
        pairs.flush()
      }
    }
  }

  private func compareAll(_ body: @escaping @Sendable ([(Int, Int)]) -> Void) {
    DispatchQueue.concurrentPerform(iterations: hashes.count) { one in
      var pairs = PairBuffer(body)
      for other in (one + 1)..<max(hashes.count, one + 1)
      where (hashes[one] ^ hashes[other]).nonzeroBitCount <= distance {
        pairs.append(one, other)
      }
      pairs.flush()
    }
  }
}

/// Some neighbouring bits of a hash, and how many of them may differ.
struct HashBand {
  let shift: Int
  let width: Int
  let radius: Int

  /// The values that two keys within the radius can have as their exclusive or.
  let differences: [UInt64]

  private init(shift: Int, width: Int, radius: Int) {
    (self.shift, self.width, self.radius) = (shift, width, radius)
    differences = width < 64 ? Self.numbers(width, upTo: radius) : []
  }

  /// Bands of all 64 bits for a distance.
  ///
  /// Those that no pair needs are left out.
  ///
  /// The radii plus one add up to the distance plus one. If two hashes differed by more than the radius in
  /// every band, they would differ by more than the distance.
  static func split(_ count: Int, within distance: Int) -> [HashBand] {
    let (quotient, remainder) = (distance + 1).quotientAndRemainder(dividingBy: count)
    return (0..<count).compactMap { band in
      let radius = quotient - 1 + (band < remainder ? 1 : 0)
      let (start, end) = (band * 64 / count, (band + 1) * 64 / count)
      return radius < 0 ? nil : HashBand(shift: start, width: end - start, radius: radius)
    }
  }

  var keyCount: Int { 1 << width }

  func key(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> UInt64(shift)) & (keyCount - 1)
  }

  /// The numbers of `width` bits of which at most `most` are set.
  private static func numbers(_ width: Int, upTo most: Int) -> [UInt64] {
    var numbers: [UInt64] = [0]
    var last = numbers
    for _ in 0..<most {
      // Each number once: bits are added above the highest one.
      last = last.flatMap { number in
        (64 - number.leadingZeroBitCount..<width).map { number | 1 << UInt64($0) }
      }
      numbers += last
    }
    return numbers
  }
}

/// Hashes in the order of their keys in one band.
private struct HashTable {
  /// Where the hashes of each key begin; one more for the end.
  private var starts: [UInt32]
  private var sorted: [(hash: UInt64, index: UInt32)]
  /// The keys that hashes have, ascending.
  private var keys: [UInt32] = []

  init(_ hashes: [UInt64], _ band: HashBand) {
    starts = Array(repeating: 0, count: band.keyCount + 1)
    for hash in hashes { starts[band.key(hash) + 1] += 1 }
    for key in 0..<band.keyCount {
      if starts[key + 1] > 0 { keys.append(UInt32(key)) }
      starts[key + 1] += starts[key]
    }
    var places = starts
    sorted = Array(repeating: (0, 0), count: hashes.count)
    for (index, hash) in hashes.enumerated() {
      let key = band.key(hash)
      sorted[Int(places[key])] = (hash, UInt32(index))
      places[key] += 1
    }
  }

  /// Adds the pairs within `distance` whose keys have this exclusive or.
  func forEachPair(apart difference: UInt64, within distance: Int, _ pairs: inout PairBuffer) {
    let difference = UInt32(difference)
    // Of the two keys of a pair only one lacks the highest bit of the difference.
    let highest: UInt32 = difference == 0 ? 0 : 1 << UInt32(31 - difference.leadingZeroBitCount)
    for key in keys where key & highest == 0 {
      let other = Int(key ^ difference)
      let (start, end) = (Int(starts[other]), Int(starts[other + 1]))
      guard start < end else { continue }
      for one in Int(starts[Int(key)])..<Int(starts[Int(key) + 1]) {
        let first = difference == 0 ? one + 1 : start
        for two in first..<max(end, first)
        where (sorted[one].hash ^ sorted[two].hash).nonzeroBitCount <= distance {
          pairs.append(Int(sorted[one].index), Int(sorted[two].index))
        }
      }
    }
  }
}

/// Passes pairs on some at a time, since their receiver has to lock.
private struct PairBuffer {
  private let pass: @Sendable ([(Int, Int)]) -> Void
  private var pairs: [(Int, Int)] = []

  init(_ pass: @escaping @Sendable ([(Int, Int)]) -> Void) { self.pass = pass }

  mutating func append(_ one: Int, _ other: Int) {
    pairs.append((one, other))
    if pairs.count == 4_096 { flush() }
  }

  mutating func flush() {
    guard !pairs.isEmpty else { return }
    pass(pairs)
    pairs.removeAll(keepingCapacity: true)
  }
}
