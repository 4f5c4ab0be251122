import TestRandomness
import Testing

@testable import SeedbankImaging

struct PerceptualIndexTests {
  private static func library(_ count: Int, seed: UInt64) -> [(id: Int64, hash: PerceptualHash)] {
    var random = SeededGenerator(seed: seed)
    let centres = (0..<20).map { _ in random.next() }
    return (0..<count).map { index in
      var hash = centres[Int.random(in: 0..<20, using: &random)]
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        hash ^= 1 << UInt64.random(in: 0..<64, using: &random)
      }
      return (Int64(index + 1), PerceptualHash(rawValue: hash))
    }
  }

  @Test("all within a distance are found, nearest first", arguments: [0, 1, 255, 256, 257, 3000])
  func within(count: Int) {
    let library = Self.library(count, seed: 21)
    let index = PerceptualIndex(library)
    let wanted = library.first?.hash ?? PerceptualHash(rawValue: 5)
    for distance in [0, 3, 9, 64] {
      let expected = library.map { ($0.hash.distance(to: wanted), $0.id) }
        .filter { $0.0 <= distance }.sorted { $0 < $1 }
      let found = index.matches(within: distance, of: wanted)
      #expect(found.map(\.id) == expected.map(\.1))
      #expect(found.map(\.distance) == expected.map(\.0))
    }
  }

  @Test("the nearest are the nearest", arguments: [1, 2, 17, 5000])
  func nearest(count: Int) {
    let library = Self.library(2000, seed: 22)
    let index = PerceptualIndex(library)
    for wanted in library.prefix(5) {
      let expected = library.map { ($0.hash.distance(to: wanted.hash), $0.id) }
        .sorted { $0 < $1 }.prefix(count)
      let found = index.nearest(count, to: wanted.hash)
      #expect(found.map(\.id) == expected.map(\.1))
    }
    #expect(index.nearest(0, to: library[0].hash).isEmpty)
  }
}
