public import SeedbankModel
public import SeedbankQuery

/// The order of what a search finds.
public enum SearchOrder: Hashable, Sendable {
  /// Latest arrival first.
  case newest
  case oldest
  /// Latest creation first: another order than arrival where old pictures were imported.
  case created
  /// Best match first.
  case relevance
  /// Most stars first, the newest of equals first, unrated last.
  case rating
  /// Ascending, the oldest of equals first, unknown seeds last.
  case seed
  /// Largest area first, the newest of equals first, sizes without known pixels last.
  case size
  /// Shuffled, the same way for the same number.
  case random(UInt64)
}

/// What to look for, in which order, and how much of it.
public struct SearchRequest: Sendable {
  /// What to look for.
  public var query: Query
  /// The order of the results.
  public var order: SearchOrder
  /// 0: all.
  public var limit: Int
  /// The last one of the page before; what comes after it in the order is found.
  public var after: GenerationID?
  /// What dates in the query are relative to.
  public var local: LocalTime

  /// Makes a request for one page of results.
  public init(
    _ query: Query, order: SearchOrder = .newest, limit: Int = 50, after: GenerationID? = nil,
    at local: LocalTime
  ) {
    self.query = query
    self.order = order
    self.limit = limit
    self.after = after
    self.local = local
  }
}

/// What of the matches was ranked by relevance.
public enum RankedScope: Hashable, Sendable {
  /// All of them.
  case everything
  /// Only the newest so many; there are more matches than that.
  case newest(Int)
}

/// A page of what a search found.
public struct SearchPage: Sendable {
  /// The generations of the page, in order.
  public let generations: [Generation]
  /// Where the order is relevance: what was ranked.
  public let ranked: RankedScope?
  /// What `after` of the next page must be; nil where this page was not filled.
  public let next: GenerationID?
}
