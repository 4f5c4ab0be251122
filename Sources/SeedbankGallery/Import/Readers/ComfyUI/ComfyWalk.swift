/// Follows a ComfyUI graph from the node that saved an image to the node that made it.
///
/// Graphs are foreign and can have any form. Each result is stored, so an output is searched once for each
/// kind of value, and cycles end. All searches share limits. A value is unknown if a limit ended its
/// search.
struct ComfyWalk {
  typealias Link = ComfyGraph.Link

  struct FieldKey: Hashable {
    let field: ComfyField
    let node: Int
  }

  struct ValueKey: Hashable {
    let link: Link
    /// The name of the input that the value is for.
    let name: String
  }

  let graph: ComfyGraph
  let limits: ComfyLimits
  private let links = ComfyResults<Link, Link>()
  private let choices = ComfyResults<Link, String>()
  let sources = ComfyResults<FieldKey, FieldSource>()
  let values = ComfyResults<ValueKey, JSONValue>()
  let texts = ComfyResults<Link, Text>()
  let producers = ComfyResults<Link, Int>()
  let modelFiles = ComfyResults<Int, String>()
  let latentSizes = ComfyResults<Int, Size>()
  let requests = ComfyResults<Int, Bool>()

  init(graph: ComfyGraph, limits: ComfyLimits? = nil) {
    self.graph = graph
    self.limits = limits ?? ComfyLimits(for: graph)
  }

  func node(_ index: Int) -> ComfyGraph.Node { graph.nodes[index] }

  /// The steps for a node.
  func cost(_ index: Int) -> Int { 1 + graph.nodes[index].links.count }

  /// The result of a search, or nil if a limit ended a part of it.
  func certain<Value>(_ search: () -> Value?) -> Value? { limits.certain(search) }

  func output(_ link: Link) -> ComfyOutput? {
    ComfyNodeTable.output(of: node(link.node).kind, link.slot)
  }

  /// The link of the input that an output passes on, or nil if there are none or several.
  ///
  /// For switches, only the selected input is used. Fields are followed through their bundles.
  private func handedOn(_ link: Link) -> Link? {
    links.once(link, limits, cost: cost(link.node)) {
      guard let output = output(link) else { return nil }
      let links = node(link.node).links
      switch output {
      case .same(let names):
        let linked = names.compactMap { links[$0] }
        return linked.count == 1 ? linked[0] : nil
      case .value(let name): return links[name]
      case .field(let field):
        guard !field.inputs.isEmpty,
          case .input(let owner, let name)? = source(of: field, at: link.node)
        else { return nil }
        return node(owner).links[name]
      default: return chosenInput(of: link).flatMap { links[$0] }
      }
    }
  }

  /// The source after all nodes that only pass on values.
  func origin(of link: Link) -> Link {
    var current = link
    var seen: Set<Link> = [link]
    while let next = handedOn(current), seen.insert(next).inserted { current = next }
    return current
  }

  /// The selected input of a switch, or nil if the selection is not known.
  func chosenInput(of link: Link) -> String? {
    choices.once(link, limits, cost: cost(link.node)) {
      let index = link.node
      let node = node(index)
      switch output(link) {
      case .either(let name, let on, let off)?:
        if !node.hasInput(on) || !node.hasInput(off) { return node.hasInput(on) ? on : off }
        // Early versions of WAS used numbers for truth values, with a longer name.
        return value(index, [name, name + "_number"])
          .flatMap(Self.truth).map { $0 ? on : off }
      case .numbered(let name, let prefix)?:
        return value(index, [name])?.wholeNumber.map { "\(prefix)\($0)" }
      case .named(let name)?: return value(index, [name])?.string
      case .first(let prefix)?:
        return graph.linkedInputs(of: index).first {
          $0.hasPrefix(prefix) && !bringsNothing(node.links[$0])
        }
      default: return nil
      }
    }
  }

  /// Whether an output is a field that its bundle does not have.
  private func bringsNothing(_ link: Link?) -> Bool {
    guard let link else { return true }
    guard case .field(let field)? = output(link), !field.inputs.isEmpty else { return false }
    return source(of: field, at: link.node) == nil
  }

  static func truth(_ value: JSONValue) -> Bool? {
    switch value {
    case .bool(let value): value
    case .integer(let value): value != 0
    case .number(let value): value.rounded() != 0
    case .string(let value):
      switch value.lowercased() {
      case "true", "on", "yes", "enable", "1": true
      case "false", "off", "no", "disable", "0": false
      default: nil
      }
    default: nil
    }
  }
}
