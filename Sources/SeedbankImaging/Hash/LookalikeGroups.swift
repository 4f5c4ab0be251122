import Synchronization

/// Groups of similar images of a whole library.
public enum LookalikeGroups {
  /// Groups of at least two images.
  ///
  /// Each is similar to at least one other image of its group.
  ///
  /// - Parameters:
  ///   - hashes: the hashes of images. Those of images without structure are in no group.
  ///   - distance: the number of bits that may differ, 0…20.
  /// - Returns: indices into `hashes`, ascending in each group. Groups are ordered by their first index.
  public static func find(_ hashes: [PerceptualHash], within distance: Int) -> [[Int]] {
    find(hashes, within: distance, bandCount: nil)
  }

  /// - Parameter bandCount: into how many bands the hashes are split; nil chooses.
  static func find(
    _ hashes: [PerceptualHash], within distance: Int, bandCount: Int?
  ) -> [[Int]] {
    var sets = DisjointSets(count: hashes.count)
    var firsts: [UInt64: Int] = [:]
    for (index, hash) in hashes.enumerated() where !hash.isFeatureless {
      if let first = firsts[hash.rawValue] {
        sets.join(first, index)
      } else {
        firsts[hash.rawValue] = index
      }
    }
    guard distance > 0 else { return sets.several }
    let distinct = Array(firsts)
    let pairs = NearHashPairs(
      distinct.map(\.key), within: min(distance, 20), bandCount: bandCount)
    let joined = Mutex(sets)
    pairs.find { found in
      joined.withLock { sets in
        for (one, other) in found { sets.join(distinct[one].value, distinct[other].value) }
      }
    }
    return joined.withLock { $0.several }
  }
}
