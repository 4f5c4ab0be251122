/// The object around a result, which some services write and others do not.
enum ResultEnvelope {
  /// Its names, in the order in which they are looked at.
  static let names = ["data", "result", "output"]

  /// The objects under these names.
  static func contents(of root: JSONView) -> [JSONView] {
    names.compactMap { root[$0] }.filter(\.isObject)
  }
}
