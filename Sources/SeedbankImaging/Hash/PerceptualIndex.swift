/// The hashes of a library in one array, which is searched completely: a million hashes take a few
/// milliseconds.
///
/// For useful distances, search trees for 64-bit Hamming distances are not faster.
public struct PerceptualIndex: Sendable {
  /// One match: the id of the image and the number of differing bits.
  public struct Match: Equatable, Sendable {
    /// The id that the hash was added with.
    public let id: Int64
    /// Number of differing bits, 0…64.
    public let distance: Int
  }

  private(set) var hashes: [UInt64] = []
  private(set) var ids: [Int64] = []

  /// Makes an empty index.
  public init() {}

  /// An index of pairs, in their order.
  public init(_ entries: some Sequence<(id: Int64, hash: PerceptualHash)>) {
    reserveCapacity(entries.underestimatedCount)
    for entry in entries { append(id: entry.id, entry.hash) }
  }

  /// Number of hashes in the index.
  public var count: Int { hashes.count }

  /// Reserves memory for a number of hashes.
  public mutating func reserveCapacity(_ count: Int) {
    hashes.reserveCapacity(count)
    ids.reserveCapacity(count)
  }

  /// Adds a hash under an id.
  public mutating func append(id: Int64, _ hash: PerceptualHash) {
    hashes.append(hash.rawValue)
    ids.append(id)
  }

  /// All images with at most `distance` differing bits, nearest first, then by id.
  public func matches(within distance: Int, of hash: PerceptualHash) -> [Match] {
    var found: [Match] = []
    scan(hash.rawValue, bound: distance) { index, measured in
      found.append(Match(id: ids[index], distance: measured))
      return distance
    }
    return found.sorted(by: Self.isNearer)
  }

  /// The `count` nearest images, nearest first, then by id.
  public func nearest(_ count: Int, to hash: PerceptualHash) -> [Match] {
    guard count > 0 else { return [] }
    // One list for each of 65 distances, so no heap is needed. The bound decreases as they fill.
    var byDistance = [[Int64]](repeating: [], count: 65)
    var bound = 64
    var kept = 0
    scan(hash.rawValue, bound: bound) { index, distance in
      byDistance[distance].append(ids[index])
      kept += 1
      while bound > 0, kept - byDistance[bound].count >= count {
        kept -= byDistance[bound].count
        byDistance[bound] = []
        bound -= 1
      }
      return bound
    }
    let matches = byDistance.enumerated().flatMap { distance, ids in
      ids.sorted().map { Match(id: $0, distance: distance) }
    }
    return Array(matches.prefix(count))
  }

  private static func isNearer(_ a: Match, _ b: Match) -> Bool {
    (a.distance, a.id) < (b.distance, b.id)
  }

  /// Calls `body` for every hash within the bound that `body` returned last.
  ///
  /// Distances are computed in blocks, and a block is searched only if one of its hashes is near.
  /// The computing loop has no branches, so it compiles to vector instructions.
  private func scan(
    _ wanted: UInt64, bound: Int, _ body: (_ index: Int, _ distance: Int) -> Int
  ) {
    var bound = bound
    let block = 256
    hashes.withUnsafeBufferPointer { hashes in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: block) { distances in
        for start in stride(from: 0, to: hashes.count, by: block) {
          let length = min(block, hashes.count - start)
          var least: UInt64 = 64
          for index in 0..<length {
            let distance = UInt64(
              truncatingIfNeeded: (hashes[start + index] ^ wanted).nonzeroBitCount)
            distances[index] = distance
            least = min(least, distance)
          }
          if least > bound { continue }
          for index in 0..<length where distances[index] <= bound {
            bound = body(start + index, Int(distances[index]))
          }
        }
      }
    }
  }
}
