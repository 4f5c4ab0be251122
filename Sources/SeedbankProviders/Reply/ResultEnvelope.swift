import SeedbankModel

/// The optional object around a result.
enum ResultEnvelope {
  /// Its names, in the order of the search.
  static let names = ["data", "result", "output"]

  /// The objects under these names.
  static func contents(of root: JSONView) -> [JSONView] {
    names.compactMap { root[$0] }.filter(\.isObject)
  }
}
