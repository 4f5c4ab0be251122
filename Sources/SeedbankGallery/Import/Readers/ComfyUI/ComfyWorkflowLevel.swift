/// The nodes and links of a workflow, a subgraph or a group node.
struct ComfyWorkflowLevel {
  struct Source {
    let node: String
    let slot: Int
  }

  struct BorderInput {
    let name: String
    /// The value of the widget for an input without a link.
    let value: JSONValue?
  }

  private(set) var nodes: [ComfyWorkflowNode]
  /// The source of each link, by its id.
  private(set) var sources: [String: Source] = [:]
  /// The types of links.
  private(set) var types: [String: String] = [:]
  private(set) var borderInputs: [BorderInput] = []
  private(set) var borderOutputs: [(slot: Int, source: Source)] = []

  /// The ids of the inputs and outputs of subgraphs.
  static let inputBorder = "-10"
  private static let outputBorder = "-20"

  init(_ json: JSONValue) {
    nodes = (json["nodes"]?.elements ?? []).compactMap { ComfyWorkflowNode($0) }
    for link in json["links"]?.elements ?? [] { addLink(link) }
  }

  /// A subgraph with the values of the node `user`.
  init(subgraph: JSONValue, of user: ComfyWorkflowNode) {
    self.init(subgraph)
    var overrides: [String: [String: JSONValue]] = [:]
    for (promoted, value) in zip(user.promoted, user.values) {
      overrides[promoted.node, default: [:]][promoted.widget] = value
    }
    // Without a list of promoted widgets, the values belong to the node's own inputs.
    let widgets = user.inputs.filter(\.isWidget)
    var own = overrides["-1"] ?? [:]
    if user.promoted.isEmpty, let values = ComfyWidgets.match(widgets.map(\.name), user.values) {
      own = values
    }
    borderInputs = (subgraph["inputs"]?.elements ?? []).map {
      let name = $0["name"]?.string ?? ""
      return BorderInput(name: name, value: own[name])
    }
    nodes = nodes.map { node in
      overrides[node.id].map { node.with($0) } ?? node
    }
  }

  /// Links are rows `id, from node, from output, to node, to input, type`, or objects in subgraphs.
  private mutating func addLink(_ link: JSONValue) {
    let parts: [JSONValue?]
    if let row = link.elements {
      parts = (0..<6).map { row.indices.contains($0) ? row[$0] : nil }
    } else {
      parts = ["id", "origin_id", "origin_slot", "target_id", "target_slot", "type"].map {
        link[$0]
      }
    }
    guard let id = ComfyWorkflowNode.id(parts[0]), let node = ComfyWorkflowNode.id(parts[1]),
      let slot = parts[2]?.wholeNumber.flatMap(Int.init(exactly:)), slot >= 0
    else { return }
    let source = Source(node: node, slot: slot)
    sources[id] = source
    types[id] = parts[5]?.string
    if ComfyWorkflowNode.id(parts[3]) == Self.outputBorder,
      let target = parts[4]?.wholeNumber.flatMap(Int.init(exactly:)), target >= 0
    {
      borderOutputs.append((target, source))
    }
  }
}

extension ComfyWorkflowLevel {
  /// A group node with the values of the node `user`.
  ///
  /// Its inputs and outputs are those of the inner nodes without inner links, in order. Its widgets are
  /// those of the inner nodes, in order.
  init(group: JSONValue, of user: ComfyWorkflowNode) {
    self.init(.object(["nodes": .array([])]))
    let definitions = group["nodes"]?.elements ?? []
    let links = (group["links"]?.elements ?? []).compactMap(GroupLink.init)
    let origins = Dictionary(links.map { ($0.target, $0.origin) }) { first, _ in first }
    let taken = Set(links.map(\.origin))
    let external = Set(
      (group["external"]?.elements ?? []).compactMap { entry in
        entry.elements.flatMap { row in
          row.count >= 2
            ? row[0].wholeNumber.flatMap { node in row[1].wholeNumber.map { [node, $0] } } : nil
        }
      })
    var values = user.values[...]
    let total = definitions.reduce(0) { $0 + ($1["widgets_values"]?.elements?.count ?? 0) }
    let free = user.inputs.filter { !$0.isWidget }.map(\.name)
    var nextInput = 0
    var nextOutput = 0
    for (position, definition) in definitions.enumerated() {
      let id = String(position)
      guard case .object(var members) = definition else { continue }
      var inputs: [JSONValue] = []
      for (slot, input) in (definition["inputs"]?.elements ?? []).enumerated() {
        guard case .object(var entry) = input else { continue }
        let link = "\(position).\(slot)"
        entry["link"] = nil
        if let origin = origins[[position, slot]] {
          addSource(link, String(origin[0]), origin[1])
          entry["link"] = .string(link)
        } else if input["widget"]?.members == nil, nextInput < free.count {
          addSource(link, Self.inputBorder, nextInput)
          entry["link"] = .string(link)
          addBorderInput(free[nextInput])
          nextInput += 1
        }
        inputs.append(.object(entry))
      }
      members["inputs"] = .array(inputs)
      let count = definition["widgets_values"]?.elements?.count ?? 0
      if total == user.values.count, count > 0 {
        members["widgets_values"] = .array(Array(values.prefix(count)))
        values = values.dropFirst(count)
      }
      for slot in (definition["outputs"]?.elements ?? []).indices {
        let isTaken = taken.contains([position, slot])
        if !isTaken || external.contains([Int64(position), Int64(slot)]) {
          addBorderOutput(nextOutput, id, slot)
          nextOutput += 1
        }
      }
      members["id"] = .string(id)
      if let node = ComfyWorkflowNode(.object(members)) { add(node) }
    }
  }

  private struct GroupLink {
    /// The node and the number of its output.
    let origin: [Int]
    /// The node and the number of its input.
    let target: [Int]

    init?(_ json: JSONValue) {
      guard let row = json.elements, row.count >= 4 else { return nil }
      let numbers = row.prefix(4).compactMap { $0.wholeNumber.flatMap(Int.init(exactly:)) }
      guard numbers.count == 4, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
      (origin, target) = (Array(numbers.prefix(2)), Array(numbers.suffix(2)))
    }
  }

  private mutating func addSource(_ link: String, _ node: String, _ slot: Int) {
    sources[link] = Source(node: node, slot: slot)
  }

  private mutating func addBorderInput(_ name: String) {
    borderInputs.append(BorderInput(name: name, value: nil))
  }

  private mutating func addBorderOutput(_ slot: Int, _ node: String, _ nodeSlot: Int) {
    borderOutputs.append((slot, Source(node: node, slot: nodeSlot)))
  }

  private mutating func add(_ node: ComfyWorkflowNode) { nodes.append(node) }
}

/// The values that nodes of the pack Anything Everywhere pass to all unlinked inputs of their type.
struct ComfyBroadcasts {
  private var byType: [String: ComfyWorkflowLevel.Source?] = [:]
  private var byName: [String: ComfyWorkflowLevel.Source] = [:]

  init(_ level: ComfyWorkflowLevel) {
    for node in level.nodes where node.isActive {
      switch node.kind {
      case "Anything Everywhere", "Anything Everywhere3":
        for input in node.inputs {
          guard let link = input.link, let source = level.sources[link],
            let type = level.types[link], type != "*"
          else { continue }
          // With two of one type, the editor decides by rules that are not in the file.
          byType[type] = byType[type] == nil ? source : .some(nil)
        }
      case "Prompts Everywhere":
        for (input, name) in zip(node.inputs, ["positive", "negative"]) {
          byName[name] = input.link.flatMap { level.sources[$0] }
        }
      default: break
      }
    }
  }

  func source(
    for input: ComfyWorkflowNode.Input, of node: ComfyWorkflowNode
  ) -> ComfyWorkflowLevel.Source? {
    guard input.link == nil, !input.isWidget, !node.kind.contains("Everywhere") else { return nil }
    if input.type == "CONDITIONING", let source = byName[input.name] { return source }
    return byType[input.type] ?? nil
  }
}
