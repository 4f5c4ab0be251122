public import SeedbankModel

/// What can be wrong with a search beyond its text.
public enum SearchError: Error, Hashable, Sendable {
  /// The query names a collection that is not there.
  case noSuchCollection(String)
  /// The query names a saved search that is not there.
  case noSuchSearch(String)
  /// Saved searches that name each other in a circle, in that order.
  case cycle([String])
  /// A picture to compare with that `Library.resolved` was not asked to look up.
  case unresolved(String)
  /// The generation to go on after is not there, or is not ranked.
  case nothingAfter(GenerationID)
}
