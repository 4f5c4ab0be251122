/// A ComfyUI graph in a common form for all forms in files.
///
/// A link leads directly to the node that makes a value. Reroutes, bypassed nodes, named wires and the
/// borders of subgraphs are resolved when the graph is built.
struct ComfyGraph: Sendable {
  /// An output of a node, by the node's position in `nodes`.
  struct Link: Hashable, Sendable {
    let node: Int
    let slot: Int
  }

  struct Node: Sendable {
    let id: String
    let kind: String
    /// Inputs with their own value.
    var values: [String: JSONValue] = [:]
    /// Inputs that are linked to another node.
    var links: [String: Link] = [:]

    init(id: String, kind: String) {
      self.id = id
      self.kind = kind
    }

    func hasInput(_ name: String) -> Bool { values[name] != nil || links[name] != nil }

    var inputCount: Int { values.count + links.count }
  }

  /// The maximum number of nodes.
  ///
  /// Larger graphs are kept as text, but not followed.
  static let mostNodes = 100_000

  let nodes: [Node]
  /// Whether another node uses an output of the node at this position.
  let isUsed: [Bool]
  private let linked: [[String]]

  /// Builds the graph and resolves its links.
  ///
  /// - Parameter redirects: outputs that only repeat another output; nil for an output without a source.
  ///   Cycles have no source.
  init(_ nodes: [Node], redirects: [Link: Link?] = [:]) {
    var resolver = ComfyRedirects(redirects)
    let carried = Self.carried(byPipesOf: nodes, &resolver)
    if !carried.isEmpty {
      resolver = ComfyRedirects(redirects.merging(carried) { first, _ in first })
    }
    var resolved = nodes
    var isUsed = [Bool](repeating: false, count: nodes.count)
    for index in resolved.indices {
      for (name, link) in nodes[index].links {
        let target = resolver.target(of: link)
        resolved[index].links[name] = target
        // A link replaces a typed value, unless it has no source.
        if target != nil { resolved[index].values[name] = nil }
        if let target, target.node != index { isUsed[target.node] = true }
      }
    }
    self.nodes = resolved
    self.isUsed = isUsed
    linked = resolved.map { $0.links.keys.sorted(by: Self.precedes) }
  }

  /// The sources of the outputs of pipes with numbered values: the last value with the same number.
  private static func carried(
    byPipesOf nodes: [Node], _ resolver: inout ComfyRedirects
  ) -> [Link: Link?] {
    var found: [Link: Link?] = [:]
    for index in nodes.indices where ComfyNodeTable.numberedPipes.contains(nodes[index].kind) {
      let links = nodes[index].links
      let pipe = links["CPipeAny"].flatMap { resolver.target(of: $0) }
      for slot in 1...6 {
        let source = links["any_\(slot)"] ?? pipe.map { Link(node: $0.node, slot: slot) }
        found[Link(node: index, slot: slot)] = .some(source)
      }
    }
    return found
  }

  /// The names of the linked inputs of a node, with numbers in natural order.
  func linkedInputs(of node: Int) -> [String] { linked[node] }

  /// Natural order: `input2` comes before `input10`.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (leftStem, leftNumber) = splitNumber(left)
    let (rightStem, rightNumber) = splitNumber(right)
    return (leftStem, leftNumber, left) < (rightStem, rightNumber, right)
  }

  private static func splitNumber(_ name: String) -> (stem: Substring, number: Int) {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    return (name.dropLast(digits), Int(name.suffix(digits)) ?? -1)
  }
}

/// Follows outputs that only repeat another output, each at most once.
struct ComfyRedirects {
  private var targets: [ComfyGraph.Link: ComfyGraph.Link?]

  init(_ targets: [ComfyGraph.Link: ComfyGraph.Link?]) { self.targets = targets }

  /// The source of `link`, or nil if it has none.
  ///
  /// Results are stored, so that long chains are followed only once.
  mutating func target(of link: ComfyGraph.Link) -> ComfyGraph.Link? {
    var path: [ComfyGraph.Link] = []
    var seen: Set<ComfyGraph.Link> = []
    var end: ComfyGraph.Link? = link
    while let current = end, let next = targets[current] {
      guard seen.insert(current).inserted else {
        end = nil
        break
      }
      path.append(current)
      end = next
    }
    for step in path { targets[step] = .some(end) }
    return end
  }
}
