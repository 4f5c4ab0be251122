@testable import SeedbankGallery

/// Builds a graph of ComfyUI, which can be written in every form that occurs in files.
struct ComfyGraphBuilder {
  enum Input: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
  {
    case value(JSONValue)
    case from(Int, Int)

    init(stringLiteral value: String) { self = .value(.string(value)) }
    init(integerLiteral value: Int64) { self = .value(.integer(value)) }
    init(floatLiteral value: Double) { self = .value(.number(value)) }
    init(booleanLiteral value: Bool) { self = .value(.bool(value)) }
  }

  struct Node {
    var kind: String
    var inputs: [(name: String, input: Input)]
    /// The mode in the editor: 2 is muted and 4 is bypassed.
    var mode = 0
  }

  var nodes: [Node] = []

  @discardableResult
  mutating func add(_ kind: String, _ inputs: KeyValuePairs<String, Input> = [:]) -> Int {
    nodes.append(Node(kind: kind, inputs: inputs.map { ($0.key, $0.value) }))
    return nodes.count - 1
  }

  /// Adds the usual end of a graph: decoding and saving the result of the last node.
  mutating func save(_ maker: Int? = nil, prefix: String = "x") {
    let decoded = add("VAEDecode", ["samples": .from(maker ?? nodes.count - 1, 0)])
    add("SaveImage", ["images": .from(decoded, 0), "filename_prefix": .value(.string(prefix))])
  }

  mutating func text(_ text: String) -> Input {
    .from(add("CLIPTextEncode", ["text": .value(.string(text)), "clip": .from(0, 1)]), 0)
  }

  /// Adds a model as the first node and an empty latent image as the second.
  static func started() -> ComfyGraphBuilder {
    var graph = ComfyGraphBuilder()
    graph.add("CheckpointLoaderSimple", ["ckpt_name": "base.safetensors"])
    graph.add("EmptyLatentImage", ["width": 832, "height": 1216, "batch_size": 1])
    return graph
  }

  /// Adds a sampler with these positive and negative inputs to a graph from `started`.
  @discardableResult
  mutating func sample(_ positive: Input, _ negative: Input, seed: Int64 = 7, cfg: Double = 6.5)
    -> Int
  {
    add(
      "KSampler",
      [
        "seed": .value(.integer(seed)), "steps": 20, "cfg": .value(.number(cfg)),
        "sampler_name": "euler", "scheduler": "normal", "denoise": 1.0, "model": .from(0, 0),
        "positive": positive, "negative": negative, "latent_image": .from(1, 0),
      ])
  }

  /// Returns the type that the editor records for an input of this name.
  static func type(of name: String) -> String {
    switch name {
    case "positive", "negative", "conditioning", "pos", "neg": "CONDITIONING"
    case "model": "MODEL"
    case "samples", "latent", "latent_image": "LATENT"
    case "images", "image": "IMAGE"
    case "text": "STRING"
    case "seed", "noise_seed": "INT"
    default: "*"
    }
  }
}

extension ComfyGraphBuilder {
  /// Returns the executed graph: `prompt`.
  ///
  /// - Parameter ids: ids of the nodes, in order; their positions if not given.
  func prompt(ids: [String]? = nil) -> String { promptValue(ids: ids).text }

  /// Returns the executed graph before it is written as text.
  func promptValue(ids: [String]? = nil) -> JSONValue {
    let ids = ids ?? nodes.indices.map(String.init)
    var members: [String: JSONValue] = [:]
    for (id, node) in zip(ids, nodes) {
      var inputs: [String: JSONValue] = [:]
      for (name, input) in node.inputs {
        switch input {
        case .value(let value): inputs[name] = value
        case .from(let source, let slot):
          inputs[name] = .array([.string(ids[source]), .integer(Int64(slot))])
        }
      }
      members[id] = .object(["class_type": .string(node.kind), "inputs": .object(inputs)])
    }
    return .object(members)
  }

  /// Returns the editor's graph: `workflow`.
  ///
  /// - Parameters:
  ///   - ids: ids of the nodes, in order; their positions if not given.
  ///   - listsWidgets: whether widgets are among the inputs, as in files of newer editors.
  func workflow(ids: [Int]? = nil, listsWidgets: Bool = true) -> JSONValue {
    let ids = ids ?? Array(nodes.indices)
    var links: [JSONValue] = []
    var slots: [Int: [Int: String]] = [:]
    var written: [JSONValue] = []
    for (id, node) in zip(ids, nodes) {
      var inputs: [JSONValue] = []
      var values: [JSONValue] = []
      for (name, input) in node.inputs {
        let type = Self.type(of: name)
        var entry: [String: JSONValue] = ["name": .string(name), "type": .string(type)]
        switch input {
        case .from(let source, let slot):
          let link = links.count + 1
          entry["link"] = .integer(Int64(link))
          slots[source, default: [:]][slot] = type
          links.append(
            .array(
              [link, ids[source], slot, id, inputs.count].map { .integer(Int64($0)) }
                + [.string(type)]))
          inputs.append(.object(entry))
        case .value(let value):
          entry["link"] = .null
          entry["widget"] = .object(["name": .string(name)])
          values.append(value)
          if name.hasSuffix("seed") { values.append(.string("randomize")) }
          if listsWidgets { inputs.append(.object(entry)) }
        }
      }
      written.append(
        .object([
          "id": .integer(Int64(id)), "type": .string(node.kind), "mode": .integer(Int64(node.mode)),
          "inputs": .array(inputs), "widgets_values": .array(values),
        ]))
    }
    for (position, node) in written.enumerated() {
      guard case .object(var members) = node, let used = slots[position] else { continue }
      let count = (used.keys.max() ?? 0) + 1
      members["outputs"] = .array(
        (0..<count).map { .object(["type": .string(used[$0] ?? "*")]) })
      written[position] = .object(members)
    }
    return .object(["nodes": .array(written), "links": .array(links)])
  }
}
