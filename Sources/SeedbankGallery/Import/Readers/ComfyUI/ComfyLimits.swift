/// The limits of the searches of one graph.
///
/// A class, because searches call each other and share the limits.
final class ComfyLimits {
  /// The number of steps so far.
  private(set) var steps = 0
  /// Whether a limit ended a search, so that its result is not known.
  fileprivate(set) var isCut = false
  private let mostSteps: Int
  private var depth = 0

  /// The maximum number of searches within each other.
  ///
  /// Real graphs need dozens.
  private static let deepest = 200

  init(mostSteps: Int) { self.mostSteps = mostSteps }

  /// The limits for a graph: in proportion to its size.
  ///
  /// Every output is searched once for each kind of value, so real graphs stay far below them.
  convenience init(for graph: ComfyGraph) {
    let size = graph.nodes.reduce(0) { $0 + 1 + $1.links.count }
    self.init(mostSteps: 10_000 + 100 * size)
  }

  /// Counts steps; false if too many were taken.
  @discardableResult
  func count(_ cost: Int) -> Bool {
    steps += cost
    if steps > mostSteps { isCut = true }
    return steps <= mostSteps
  }

  /// Counts the steps for a text.
  @discardableResult
  func count(_ text: String) -> Bool { count(text.utf8.count / 16) }

  /// The result of a search within the limits; nil without it.
  @discardableResult
  func nested<Value>(_ cost: Int, _ search: () -> Value?) -> Value? {
    guard count(cost) else { return nil }
    guard depth < Self.deepest else {
      isCut = true
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return search()
  }

  /// The result of a search, or nil if a limit ended a part of it.
  func certain<Value>(_ search: () -> Value?) -> Value? {
    let before = isCut
    defer { isCut = before }
    isCut = false
    let found = search()
    return isCut ? nil : found
  }
}

/// The results of searches of one kind, each of which is made once.
final class ComfyResults<Key: Hashable, Value> {
  private var known: [Key: (value: Value?, isCut: Bool)] = [:]

  /// The result for a key.
  ///
  /// A search that comes to its own key again, as in a cycle, finds nothing there.
  func once(
    _ key: Key, _ limits: ComfyLimits, cost: Int, _ search: () -> Value?
  ) -> Value? {
    if let (value, isCut) = known[key] {
      limits.count(1)
      if isCut { limits.isCut = true }
      return value
    }
    known[key] = (nil, false)
    let before = limits.isCut
    limits.isCut = false
    let found = limits.nested(cost, search)
    known[key] = (found, limits.isCut)
    limits.isCut = before || limits.isCut
    return found
  }
}
