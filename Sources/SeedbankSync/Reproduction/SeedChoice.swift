public import SeedbankProviders

/// The seeds of reproductions.
public enum SeedChoice: Sendable, Equatable {
  /// The original's seed; for several reproductions, the following seeds.
  case original
  /// This seed; for several reproductions, the following seeds.
  case given(Int)
  /// A random seed for each.
  case drawn

  /// The change for each of `count` reproductions of a request with `seed`.
  public func changes(
    count: Int, of seed: Int?, using random: inout some RandomNumberGenerator
  ) -> [RequestChange] {
    switch self {
    case .given(let first):
      SeedSeries(first: first, count: count, using: &random).map { .seed($0) }
    case .original where seed != nil:
      SeedSeries(first: seed, count: count, using: &random).map { .seed($0) }
    case .original, .drawn:
      SeedSeries(first: nil, count: count, using: &random).map { .seed($0) }
    }
  }
}
