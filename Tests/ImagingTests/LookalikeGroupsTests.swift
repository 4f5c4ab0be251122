import TestRandomness
import Testing

@testable import SeedbankImaging

@Suite("Groups of images that look alike")
struct LookalikeGroupsTests {
  @Test("images with equal hashes are one group, and images without structure are in no group")
  func equalHashes() {
    let hashes = [7, 9, 7, 0, 0, 9].map { PerceptualHash(rawValue: $0) }
    #expect(LookalikeGroups.find(hashes, within: 0) == [[0, 2], [1, 5]])
  }

  @Test("the same groups as comparing every pair", arguments: [0, 1, 4, 6, 12])
  func againstBruteForce(distance: Int) {
    var random = SeededGenerator(seed: 42)
    var hashes: [PerceptualHash] = []
    for _ in 0..<60 {
      let base = random.next()
      for _ in 0..<3 {
        let flips = (0..<Int.random(in: 0...8, using: &random)).reduce(UInt64(0)) { mask, _ in
          mask ^ 1 << UInt64.random(in: 0..<64, using: &random)
        }
        hashes.append(PerceptualHash(rawValue: base ^ flips))
      }
    }
    #expect(LookalikeGroups.find(hashes, within: distance) == bruteForce(hashes, distance))
  }

  @Test(
    "every number of bands finds the same groups as comparing every pair",
    arguments: [3, 4, 5, 6, 7, 8], [1, 2, 5, 8, 20])
  func bands(count: Int, distance: Int) {
    var random = SeededGenerator(seed: UInt64(count * 100 + distance))
    var hashes: [PerceptualHash] = []
    for _ in 0..<30 {
      let base = random.next()
      for _ in 0..<4 {
        // The number of flipped bits puts pairs on both sides of the limit, because pairs beyond it
        // must not be joined.
        let flips = (0..<Int.random(in: 0...distance, using: &random)).reduce(UInt64(0)) {
          mask, _ in
          mask ^ 1 << UInt64.random(in: 0..<64, using: &random)
        }
        hashes.append(PerceptualHash(rawValue: base ^ flips))
      }
    }
    let found = LookalikeGroups.find(hashes, within: distance, bandCount: count)
    #expect(found == bruteForce(hashes, distance))
  }

  private func bruteForce(_ hashes: [PerceptualHash], _ distance: Int) -> [[Int]] {
    var group = Array(hashes.indices)
    for one in hashes.indices {
      for other in hashes.indices where hashes[one].distance(to: hashes[other]) <= distance {
        let (kept, gone) = (min(group[one], group[other]), max(group[one], group[other]))
        group = group.map { $0 == gone ? kept : $0 }
      }
    }
    let members = Dictionary(grouping: hashes.indices) { group[$0] }
    return members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}
