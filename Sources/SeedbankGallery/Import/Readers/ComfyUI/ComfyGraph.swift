/// A ComfyUI graph in one form, whatever form the file had it in.
///
/// Links lead straight to the node that makes a value: reroutes, bypassed nodes, named wires and
/// the borders of subgraphs are resolved when the graph is built.
struct ComfyGraph: Sendable {
  /// An output of a node, by the node's position in `nodes`.
  struct Link: Hashable, Sendable {
    let node: Int
    let slot: Int
  }

  struct Node: Sendable {
    let id: String
    let kind: String
    /// Inputs that hold a value of their own.
    var values: [String: JSONValue] = [:]
    /// Inputs that another node feeds.
    var links: [String: Link] = [:]

    init(id: String, kind: String) {
      self.id = id
      self.kind = kind
    }

    func hasInput(_ name: String) -> Bool { values[name] != nil || links[name] != nil }

    var inputCount: Int { values.count + links.count }
  }

  /// Larger graphs are kept as text and not walked.
  static let mostNodes = 100_000

  let nodes: [Node]
  /// Whether another node takes something from the node at this position.
  let isUsed: [Bool]

  /// Builds the graph and resolves its links.
  ///
  /// - Parameter redirects: outputs that only repeat another output; nil is an output of nothing.
  ///   Cycles of redirects resolve to nothing.
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
        // A link replaces a value that was typed in before, unless it leads nowhere.
        if target != nil { resolved[index].values[name] = nil }
        if let target, target.node != index { isUsed[target.node] = true }
      }
    }
    self.nodes = resolved
    self.isUsed = isUsed
  }

  /// What the outputs of pipes without names for their values repeat: the value that was put in last
  /// under the same number.
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

  /// The names of a node's linked inputs, with numbers in their natural order.
  func linkedInputs(of node: Int) -> [String] {
    nodes[node].links.keys.sorted(by: Self.precedes)
  }

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

  /// The output that `link` stands for, or nil if it stands for nothing.
  ///
  /// What was followed is remembered, so that long chains cost their length once.
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
