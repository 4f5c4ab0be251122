import SeedbankProviders

/// The seeds of several generations of one prompt.
struct SeedSeries: Sequence {
  private let seeds: [Int]

  /// `first` and the following seeds, with 0 after the largest one.
  ///
  /// Without `first`, each seed is random.
  init(first: Int?, count: Int, using random: inout some RandomNumberGenerator) {
    guard let first else {
      seeds = (0..<count).map { _ in Seed.draw(using: &random) }
      return
    }
    seeds = (0..<count).map { offset in
      // A seed out of range is not changed. The request checks it.
      Seed.range.contains(first) ? (first + offset) % (Seed.range.upperBound + 1) : first
    }
  }

  func makeIterator() -> some IteratorProtocol<Int> { seeds.makeIterator() }
}
