public import SeedbankModel
public import SeedbankQuery

/// The order of results.
public enum SearchOrder: Hashable, Sendable {
  /// The highest id first.
  case newest
  case oldest
  /// The latest creation first; differs from `newest` if older images were imported.
  case created
  /// The best match first.
  case relevance
  /// The most stars first; the newest first among equals; unrated generations last.
  case rating
  /// The lowest seed first; the oldest first among equals; unknown seeds last.
  case seed
  /// The largest area first; the newest first among equals; sizes without known pixels last.
  case size
  /// A random order that is the same for the same number.
  case random(UInt64)
}

/// A query with the order and the number of results.
public struct SearchRequest: Sendable {
  /// The query.
  public var query: Query
  /// The order of the results.
  public var order: SearchOrder
  /// The maximum number of results; 0 for all.
  ///
  /// More results than 2 to the power of 40 cannot be asked for.
  public var limit: Int { didSet { limit = min(limit, Self.mostResults) } }
  /// The last generation of the previous page; the results after it are returned.
  public var after: GenerationID?
  /// The time and the time zone for dates in the query.
  public var local: LocalTime

  /// The highest limit: no library has as many generations, and one more does not overflow.
  package static let mostResults = 1 << 40

  /// Makes a request for one page of results.
  public init(
    _ query: Query, order: SearchOrder = .newest, limit: Int = 50, after: GenerationID? = nil,
    at local: LocalTime
  ) {
    self.query = query
    self.order = order
    self.limit = min(limit, Self.mostResults)
    self.after = after
    self.local = local
  }
}

/// The matches that were ranked by relevance.
public enum RankedScope: Hashable, Sendable {
  /// All matches were ranked.
  case everything
  /// Only this number of the newest matches was ranked; there are more matches.
  case newest(Int)
}

/// A page of results.
public struct SearchPage: Sendable {
  /// The generations of the page, in order.
  public let generations: [Generation]
  /// The matches that were ranked; nil for other orders than relevance.
  public let ranked: RankedScope?
  /// The value of `after` for the next page; nil if this page is not full.
  public let next: GenerationID?
}
