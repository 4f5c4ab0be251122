/// Groups of similar images in a library.
public enum LookalikeGroups {
  /// Groups of at least two images. Each is similar to at least one other image of its group.
  ///
  /// Two hashes that differ in at most n bits have at least one of n + 1 bands in common. So only hashes
  /// with a common band are compared, and the time is nearly linear instead of quadratic.
  ///
  /// - Parameters:
  ///   - hashes: the hashes of images. Those of images without structure are in no group.
  ///   - distance: the number of bits that may differ, 0…20.
  /// - Returns: indices into `hashes`, ascending in each group. Groups are ordered by their first index.
  public static func find(_ hashes: [PerceptualHash], within distance: Int) -> [[Int]] {
    var sets = DisjointSets(count: hashes.count)
    var firsts: [UInt64: Int] = [:]
    for (index, hash) in hashes.enumerated() where !hash.isFeatureless {
      if let first = firsts[hash.rawValue] {
        sets.join(first, index)
      } else {
        firsts[hash.rawValue] = index
      }
    }
    if distance > 0 {
      let distinct = firsts.map { (hash: $0.key, index: $0.value) }
      for band in bands(min(max(distance, 0), 20) + 1) {
        join(distinct, sharing: band, within: distance, in: &sets)
      }
    }
    return sets.sets.filter { $0.count > 1 }
  }

  /// Masks that divide 64 bits into `count` bands.
  private static func bands(_ count: Int) -> [UInt64] {
    (0..<count).map { band in
      (band * 64 / count..<(band + 1) * 64 / count).reduce(0) { $0 | 1 << UInt64($1) }
    }
  }

  private static func join(
    _ entries: [(hash: UInt64, index: Int)], sharing band: UInt64, within distance: Int,
    in sets: inout DisjointSets
  ) {
    let sorted = entries.sorted { $0.hash & band < $1.hash & band }
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].hash & band == sorted[start].hash & band { end += 1 }
      for one in start..<end {
        for other in one + 1..<max(end, one + 1)
        where (sorted[one].hash ^ sorted[other].hash).nonzeroBitCount <= distance {
          sets.join(sorted[one].index, sorted[other].index)
        }
      }
      start = end
    }
  }
}
