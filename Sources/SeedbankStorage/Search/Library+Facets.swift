internal import GRDB
public import SeedbankModel
public import SeedbankQuery

/// A value and the number of matches that have it.
public struct FacetCount: Hashable, Sendable {
  /// The tag, model or size.
  public let value: String
  /// Number of matching generations.
  public let count: Int
}

/// The most frequent tags, models and sizes of the matches of a query.
public struct Facets: Hashable, Sendable {
  /// The number of matching generations.
  public let total: Int
  /// The most frequent tags first; tags with equal counts are in alphabetical order.
  public let tags: [FacetCount]
  /// The most frequent models.
  public let models: [FacetCount]
  /// The most frequent sizes.
  public let sizes: [FacetCount]
}

extension Library {
  /// Returns the exact counts of the most frequent tags, models and sizes of the matches of a
  /// query.
  ///
  /// - Parameter limit: the maximum number of values of each kind.
  /// - Throws: `SearchError`, `LibraryError`.
  public func facets(_ query: Query, at local: LocalTime, limit: Int = 10) throws -> Facets {
    try read { database in
      let resolved = try QueryResolution(database: database).resolved(query)
      let plan = try SearchPlan(resolved, local, in: database)
      let count = try FacetCounter(plan, database)
      return Facets(
        total: count.total, tags: try count.top(.tag, limit), models: try count.top(.model, limit),
        sizes: try count.top(.size, limit))
    }
  }
}
