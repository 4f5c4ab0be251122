/// Follows a ComfyUI graph from the node that saved an image to the node that made it.
///
/// Graphs are foreign and can have any form. Searches have a maximum depth and share one limit of steps,
/// so cycles end and no graph is expensive. Texts have their own limit.
struct ComfyWalk {
  typealias Link = ComfyGraph.Link

  /// The remaining steps for all searches of a graph.
  ///
  /// A class, because searches call each other and share the limit.
  private final class Allowance {
    var steps = 400_000
  }

  let graph: ComfyGraph
  private let allowance = Allowance()

  init(graph: ComfyGraph) { self.graph = graph }

  /// Counts the steps for a node.
  ///
  /// Returns false if none are left.
  func mayVisit(_ index: Int) -> Bool {
    allowance.steps -= 1 + graph.nodes[index].links.count
    return allowance.steps > 0
  }

  /// The maximum number of nodes between an input and its source.
  ///
  /// Real graphs have dozens.
  static let deepest = 200

  func node(_ index: Int) -> ComfyGraph.Node { graph.nodes[index] }

  func output(_ link: Link) -> ComfyOutput? {
    ComfyNodeTable.output(of: node(link.node).kind, link.slot)
  }

  /// The link of the input that an output passes on, or nil if there are none or several.
  ///
  /// For switches, only the selected input is used. Fields are followed through their bundles.
  func handedOn(_ link: Link, depth: Int) -> Link? {
    guard depth > 0, mayVisit(link.node), let output = output(link) else { return nil }
    let links = node(link.node).links
    switch output {
    case .same(let names):
      let linked = names.compactMap { links[$0] }
      return linked.count == 1 ? linked[0] : nil
    case .value(let name): return links[name]
    case .field(let field):
      guard !field.inputs.isEmpty,
        case .input(let owner, let name)? = source(of: field, at: link.node, depth: depth - 1)
      else { return nil }
      return node(owner).links[name]
    default: return chosenInput(output, of: link.node, depth: depth - 1).flatMap { links[$0] }
    }
  }

  /// The source after all nodes that only pass on values.
  func origin(of link: Link, depth: Int = deepest) -> Link {
    var current = link
    var seen: Set<Link> = [link]
    while let next = handedOn(current, depth: depth - 1), seen.insert(next).inserted {
      current = next
    }
    return current
  }

  /// The selected input of a switch, or nil if the selection is not known.
  func chosenInput(_ output: ComfyOutput, of index: Int, depth: Int) -> String? {
    guard depth > 0, mayVisit(index) else { return nil }
    let node = node(index)
    switch output {
    case .either(let name, let on, let off):
      if !node.hasInput(on) || !node.hasInput(off) { return node.hasInput(on) ? on : off }
      // Early versions of WAS used numbers for truth values, with a longer name.
      return value(index, [name, name + "_number"], depth: depth)
        .flatMap(Self.truth).map { $0 ? on : off }
    case .numbered(let name, let prefix):
      return value(index, [name], depth: depth)?.wholeNumber.map { "\(prefix)\($0)" }
    case .named(let name): return value(index, [name], depth: depth)?.string
    case .first(let prefix):
      return graph.linkedInputs(of: index).first {
        $0.hasPrefix(prefix) && !bringsNothing(node.links[$0], depth: depth)
      }
    default: return nil
    }
  }

  /// Whether an output is a field that its bundle does not have.
  private func bringsNothing(_ link: Link?, depth: Int) -> Bool {
    guard let link else { return true }
    guard case .field(let field)? = output(link), !field.inputs.isEmpty else { return false }
    return source(of: field, at: link.node, depth: depth - 1) == nil
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
