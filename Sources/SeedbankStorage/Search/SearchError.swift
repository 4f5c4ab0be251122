public import SeedbankModel

/// An error of a search that is not an error in the query text.
public enum SearchError: Error, Hashable, Sendable {
  /// The query names a collection that does not exist.
  case noSuchCollection(String)
  /// The query names a saved search that does not exist.
  case noSuchSearch(String)
  /// The query of a saved search has no condition.
  case emptySearch(String)
  /// Saved searches refer to each other in a cycle, in this order.
  case cycle([String])
  /// With this saved search, the query would have too many conditions or nested groups.
  case tooLarge(String)
  /// The image to compare with was not resolved with `Library.resolved`.
  case unresolved(String)
  /// The generation after which the results should start does not exist or is not ranked.
  case nothingAfter(GenerationID)
}
