import SeedbankProviders

/// The seeds of several generations of one prompt.
struct SeedSeries: Sequence {
  private let seeds: [Int]

  /// `first` and those after it, going on at 0 past the largest; without a first, each is drawn.
  init(first: Int?, count: Int, using random: inout some RandomNumberGenerator) {
    guard let first else {
      seeds = (0..<count).map { _ in Seed.draw(using: &random) }
      return
    }
    seeds = (0..<count).map { offset in
      // A seed out of range stays as it is: checking it is the request's affair.
      Seed.range.contains(first) ? (first + offset) % (Seed.range.upperBound + 1) : first
    }
  }

  func makeIterator() -> some IteratorProtocol<Int> { seeds.makeIterator() }
}
