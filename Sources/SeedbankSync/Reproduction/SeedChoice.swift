public import SeedbankProviders

/// Which seeds reproductions are made with.
public enum SeedChoice: Sendable, Equatable {
  /// The original's; of several, those that follow it.
  case original
  /// This one; of several, those that follow it.
  case given(Int)
  /// Drawn anew, each.
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
