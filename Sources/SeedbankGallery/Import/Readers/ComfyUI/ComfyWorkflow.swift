/// The graph of ComfyUI's editor in `workflow`: nodes with lists of widget values, a list of links, and
/// definitions of subgraphs and group nodes.
///
/// It is read if the executed graph is missing, and is converted to the same form. All that the editor
/// resolves before a run is resolved here.
struct ComfyWorkflow {
  typealias Link = ComfyGraph.Link

  private var nodes: [ComfyGraph.Node] = []
  private var redirects: [Link: Link?] = [:]
  /// Named wires: the input of each `SetNode`.
  private var wires: [String: Link] = [:]
  private var readers: [(output: Link, wire: String)] = []
  private let subgraphs: [String: ComfyDefinition]
  private let groups: [String: ComfyDefinition]

  /// The maximum depth of subgraphs.
  ///
  /// Deeper ones are not read.
  private static let deepest = 16
  /// The maximum number of nodes: in proportion to those in the file, because each use of a subgraph
  /// repeats its nodes.
  private let mostNodes: Int
  /// The remaining cost of uses of subgraphs, which repeat inputs and links too.
  private var costLeft: Int

  static func isWorkflow(_ json: JSONValue) -> Bool { json["nodes"]?.elements != nil }

  /// The graph, or nil if there is none or it is too large.
  static func graph(_ json: JSONValue?) -> ComfyGraph? {
    guard let json, isWorkflow(json) else { return nil }
    var workflow = ComfyWorkflow(json)
    guard workflow.add(ComfyWorkflowLevel(json), prefix: "", border: nil, inside: []) != nil else {
      return nil
    }
    for (output, wire) in workflow.readers {
      workflow.redirects[output] = .some(workflow.wires[wire])
    }
    return workflow.nodes.isEmpty ? nil : ComfyGraph(workflow.nodes, redirects: workflow.redirects)
  }

  private init(_ json: JSONValue) {
    var subgraphs: [String: ComfyDefinition] = [:]
    for definition in json["definitions"]?["subgraphs"]?.elements ?? [] {
      if let id = definition["id"]?.string { subgraphs[id] = ComfyDefinition(definition) }
    }
    self.subgraphs = subgraphs
    groups = (json["extra"]?["groupNodes"]?.members ?? [:]).mapValues { ComfyDefinition($0) }
    costLeft = ComfyDefinition.mostCost(in: json)
    let levels = [json] + subgraphs.values.map(\.json) + groups.values.map(\.json)
    let written = levels.reduce(0) { $0 + ($1["nodes"]?.elements?.count ?? 0) }
    mostNodes = min(ComfyGraph.mostNodes, 2_000 + 20 * written)
  }

  /// Adds a node without a function; nil if the graph is too large.
  private mutating func addNode(_ id: String, _ kind: String) -> Int? {
    guard nodes.count < mostNodes else { return nil }
    nodes.append(ComfyGraph.Node(id: id, kind: kind))
    return nodes.count - 1
  }

  /// Adds the nodes of a level and returns their positions by id; nil if the graph is too large.
  ///
  /// - Parameters:
  ///   - border: the node that represents the inputs of a subgraph.
  ///   - inside: the definitions around the level.
  private mutating func add(
    _ level: ComfyWorkflowLevel, prefix: String, border: Int?, inside: [String]
  ) -> [String: Int]? {
    var positions: [String: Int] = [:]
    if let border { positions[ComfyWorkflowLevel.inputBorder] = border }
    for node in level.nodes {
      guard let index = addNode(prefix + node.id, node.isActive ? node.kind : "") else {
        return nil
      }
      if positions[node.id] == nil { positions[node.id] = index }
    }
    let broadcasts = ComfyBroadcasts(level)
    for node in level.nodes {
      guard let index = positions[node.id] else { continue }
      let inputs = node.inputs.map { input in
        let source =
          input.link.flatMap { level.sources[$0] } ?? broadcasts.source(for: input, of: node)
        return source.flatMap { source in
          positions[source.node].map { Link(node: $0, slot: source.slot) }
        }
      }
      guard connect(node, at: index, inputs, prefix: prefix, inside: inside) else { return nil }
    }
    return positions
  }

  /// Fills in a node; false if the graph is too large.
  private mutating func connect(
    _ node: ComfyWorkflowNode, at index: Int, _ inputs: [Link?], prefix: String, inside: [String]
  ) -> Bool {
    if node.isMuted {
      for slot in node.outputs.indices { redirects[Link(node: index, slot: slot)] = .some(nil) }
      return true
    }
    if node.isBypassed {
      for (slot, input) in node.bypassedInputs.enumerated() {
        redirects[Link(node: index, slot: slot)] = .some(input.flatMap { inputs[$0] })
      }
      return true
    }
    // A definition that contains itself would never end. The editor does not create such definitions.
    let isOpen = inside.count < Self.deepest && !inside.contains(node.kind)
    if isOpen, let definition = subgraphs[node.kind] {
      guard spend(on: definition, node, prefix: prefix) else { return false }
      let level = ComfyWorkflowLevel(subgraph: definition.json, of: node)
      return expand(level, node, at: index, inputs, prefix: prefix, inside: inside)
    }
    if isOpen, let definition = node.groupName.flatMap({ groups[$0] }) {
      guard spend(on: definition, node, prefix: prefix) else { return false }
      let level = ComfyWorkflowLevel(group: definition.json, of: node)
      return expand(level, node, at: index, inputs, prefix: prefix, inside: inside)
    }
    let widgets = ComfyWidgets.values(of: node)
    for (input, link) in zip(node.inputs, inputs) {
      guard let link else { continue }
      nodes[index].links[input.name] = link
    }
    for (name, value) in widgets where value != .null {
      nodes[index].values[name] = value
    }
    let output = Link(node: index, slot: 0)
    switch node.kind {
    case "GetNode":
      if let wire = node.values.first?.string { readers.append((output, wire)) }
    case "SetNode":
      if let wire = node.values.first?.string { wires[wire] = inputs.first ?? nil }
      redirects[output] = .some(inputs.first ?? nil)
    default:
      if ComfyNodeTable.reroutes.contains(node.kind) {
        redirects[output] = .some(inputs.compactMap(\.self).first)
      }
    }
    return true
  }

  /// Counts a use of a definition; false if the graph is too large.
  private mutating func spend(
    on definition: ComfyDefinition, _ node: ComfyWorkflowNode, prefix: String
  ) -> Bool {
    costLeft -= definition.cost(prefix: "\(prefix)\(node.id):")
    return costLeft >= 0
  }

  /// Replaces a node by the nodes of its subgraph.
  private mutating func expand(
    _ level: ComfyWorkflowLevel, _ node: ComfyWorkflowNode, at index: Int, _ inputs: [Link?],
    prefix: String, inside: [String]
  ) -> Bool {
    guard let border = addNode("\(prefix)\(node.id):", "") else { return false }
    let positions = Dictionary(node.inputs.enumerated().map { ($1.name, $0) }) { first, _ in first }
    for (slot, input) in level.borderInputs.enumerated() {
      let output = Link(node: border, slot: slot)
      if let link = positions[input.name].flatMap({ inputs[$0] }) {
        redirects[output] = .some(link)
      } else if let value = input.value {
        guard let primitive = addNode("\(prefix)\(node.id):\(input.name)", "PrimitiveNode") else {
          return false
        }
        nodes[primitive].values["value"] = value
        redirects[output] = Link(node: primitive, slot: 0)
      } else {
        redirects[output] = .some(nil)
      }
    }
    nodes[index] = ComfyGraph.Node(id: nodes[index].id, kind: "")
    let inner = "\(prefix)\(node.id):"
    guard let placed = add(level, prefix: inner, border: border, inside: inside + [node.kind])
    else {
      return false
    }
    for (slot, source) in level.borderOutputs {
      redirects[Link(node: index, slot: slot)] = .some(
        placed[source.node].map { Link(node: $0, slot: source.slot) })
    }
    return true
  }
}
