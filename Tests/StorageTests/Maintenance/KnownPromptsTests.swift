import TestRandomness
import Testing

@testable import SeedbankStorage

@Suite("Known prompts of a restore") struct KnownPromptsTests {
  @Test(
    "every prompt is found by its hash, also if hashes share their upper half", arguments: 1...4)
  func finding(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var known = KnownPrompts()
    var hashes: [Int64] = []
    for number in 1...5_000 {
      let fresh = Int64(bitPattern: random.next())
      let near = hashes.randomElement(using: &random).map { $0 ^ 0xFF }
      let hash = number % 7 == 0 ? near ?? fresh : fresh
      let isAdded = known.add(Int64(number), hash: hash)
      #expect(isAdded)
      hashes.append(hash)
    }
    for (index, hash) in hashes.enumerated() {
      #expect(known.first(hash: hash) { $0 == Int64(index + 1) } == Int64(index + 1))
    }
    for _ in 0..<1_000 {
      let hash = Int64(bitPattern: random.next())
      if !hashes.contains(where: { $0 >> 32 == hash >> 32 }) {
        #expect(known.first(hash: hash) { _ in true } == nil)
      }
    }
  }

  @Test("a search looks at few slots, however many prompts there are")
  func runs() {
    var random = SeededGenerator(seed: 5)
    var known = KnownPrompts()
    for number in 1...50_000 {
      let isAdded = known.add(Int64(number), hash: Int64(bitPattern: random.next()))
      #expect(isAdded)
    }
    #expect(known.longestRun < 150)
  }

  @Test("an id that does not fit is refused")
  func refusal() {
    var known = KnownPrompts()
    let isAdded = [1 << 32, 0, (1 << 32) - 1].map { known.add($0, hash: 0) }
    #expect(isAdded == [false, false, true])
    #expect(known.first(hash: 0) { _ in true } == (1 << 32) - 1)
    #expect(!known.isFull)
  }
}
