/// The graph of nodes that ComfyUI executed.
///
/// An input is a value or a link `[node, output]`. Foreign graphs may be any shape, cycles included, so
/// every walk remembers where it has been.
struct ComfyUIGraph {
  struct Node: Hashable {
    let id: String
    let kind: String
    let inputs: [String: JSONValue]
  }

  private let nodes: [String: Node]

  /// Nil where there are no nodes.
  init?(_ nodes: [Node]) {
    guard !nodes.isEmpty else { return nil }
    self.nodes = Dictionary(nodes.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The graph, or nil where `json` is none: an object of objects with `class_type`.
  init?(_ json: JSONValue?) {
    self.init(
      (json?.members ?? [:]).compactMap { id, value in
        value["class_type"]?.string.map {
          Node(id: id, kind: $0, inputs: value["inputs"]?.members ?? [:])
        }
      })
  }

  /// The nodes in the order of their ids.
  var ordered: [Node] {
    nodes.values.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) }
  }

  /// The node that an input is linked to.
  func source(of node: Node, _ input: String) -> Node? {
    guard let link = node.inputs[input]?.elements, link.count == 2 else { return nil }
    switch link[0] {
    case .string(let id): return nodes[id]
    case .integer(let id): return nodes[String(id)]
    default: return nil
    }
  }

  /// An input's value, its own or that of the primitive node that it is linked to.
  func value(_ node: Node, _ input: String) -> JSONValue? {
    guard let value = node.inputs[input] else { return nil }
    guard value.elements != nil else { return value }
    guard let source = source(of: node, input) else { return nil }
    let names = ["value", "int", "float", "string", "text", "seed", "number", input]
    return names.lazy.compactMap { source.inputs[$0] }.first { $0.elements == nil }
  }

  /// The nodes above one, nearest first.
  func upstream(of start: Node, through follows: (String) -> Bool = { _ in true }) -> [Node] {
    var seen: Set<String> = [start.id]
    var found: [Node] = []
    var front = [start]
    while !front.isEmpty {
      var next: [Node] = []
      for node in front {
        for name in node.inputs.keys.sorted() where follows(name) {
          guard let source = source(of: node, name), seen.insert(source.id).inserted else {
            continue
          }
          next.append(source)
        }
      }
      found += next
      front = next
    }
    return found
  }
}
