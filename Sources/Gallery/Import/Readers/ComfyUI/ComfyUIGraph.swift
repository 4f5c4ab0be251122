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

  /// The graph, or nil where `json` is none: an object of objects with `class_type`.
  init?(_ json: JSONValue?) {
    guard let members = json?.members else { return nil }
    var nodes: [String: Node] = [:]
    for (id, value) in members {
      guard let kind = value["class_type"]?.string else { continue }
      nodes[id] = Node(id: id, kind: kind, inputs: value["inputs"]?.members ?? [:])
    }
    guard !nodes.isEmpty else { return nil }
    self.nodes = nodes
  }

  /// The sampler nearest above a node that saves or shows an image; else the only or first sampler.
  var finalSampler: Node? {
    let ordered = nodes.values.sorted { ($0.id.count, $0.id) < ($1.id.count, $1.id) }
    let savers = ordered.filter { $0.kind.contains("Save") || $0.kind.contains("Preview") }
    for saver in savers {
      if let sampler = upstream(of: saver).first(where: isSampler) { return sampler }
    }
    return ordered.first(where: isSampler)
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

  /// The texts of the encoders at or above an input, each once, in the order met.
  func texts(above node: Node, _ input: String) -> [String] {
    guard let start = source(of: node, input) else { return [] }
    var found: [String] = []
    for node in [start] + upstream(of: start, through: Self.carriesConditioning) {
      guard Self.encodesText(node) else { continue }
      for name in ["text", "text_g", "text_l", "clip_l", "t5xxl", "prompt"] {
        if let text = value(node, name)?.string, !text.isEmpty, !found.contains(text) {
          found.append(text)
        }
      }
    }
    return found
  }

  /// The name of the checkpoint at or above a node.
  func modelName(above node: Node) -> String? {
    for node in [node] + upstream(of: node) {
      for name in ["ckpt_name", "unet_name", "model_name"] {
        if let value = value(node, name)?.string { return value }
      }
    }
    return nil
  }

  /// The names of the LoRAs at or above a node.
  func loras(above node: Node) -> [String] {
    ([node] + upstream(of: node)).compactMap { value($0, "lora_name")?.string }
  }

  private func isSampler(_ node: Node) -> Bool {
    let takesPictures = node.inputs["latent_image"] != nil || node.inputs["latent"] != nil
    let isSteered =
      node.inputs["positive"]?.elements != nil || node.inputs["guider"]?.elements != nil
    return isSteered && (takesPictures || node.kind.contains("Sampler"))
  }

  private static func encodesText(_ node: Node) -> Bool {
    node.kind.contains("TextEncode") || node.kind.contains("Prompt")
  }

  /// Conditioning never comes through a sampler or a decoder: past those lies another picture.
  private static func carriesConditioning(_ name: String) -> Bool {
    name.hasPrefix("conditioning") || name.hasPrefix("positive") || name == "base_positive"
  }

  /// The nodes above one, nearest first.
  private func upstream(
    of start: Node, through follows: (String) -> Bool = { _ in true }
  ) -> [Node] {
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
