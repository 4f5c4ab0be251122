/// A node of the editor's graph.
struct ComfyWorkflowNode {
  struct Input {
    let name: String
    let type: String
    let link: String?
    let isWidget: Bool
  }

  let id: String
  let kind: String
  let inputs: [Input]
  /// The types of the outputs.
  let outputs: [String]
  /// The values of the widgets in order, without names.
  let values: [JSONValue]
  /// The values of the widgets by name, which some packs write.
  let namedValues: [String: JSONValue]
  /// Widgets of inner nodes that a subgraph shows: node and name.
  let promoted: [(node: String, widget: String)]
  /// Values that the user of a subgraph gave to widgets of this node.
  private(set) var overrides: [String: JSONValue] = [:]
  private let mode: Int64

  init?(_ json: JSONValue) {
    guard let kind = json["type"]?.string, let id = Self.id(json["id"]) else { return nil }
    self.id = id
    self.kind = kind.trimmingWhitespace
    inputs = (json["inputs"]?.elements ?? []).map { input in
      Input(
        name: input["widget"]?["name"]?.string ?? input["name"]?.string ?? "",
        type: input["type"]?.string ?? "*", link: Self.id(input["link"]),
        isWidget: input["widget"]?.members != nil)
    }
    outputs = (json["outputs"]?.elements ?? []).map { $0["type"]?.string ?? "*" }
    values = json["widgets_values"]?.elements ?? []
    namedValues = json["widgets_values"]?.members ?? [:]
    promoted = (json["properties"]?["proxyWidgets"]?.elements ?? []).compactMap { entry in
      guard let parts = entry.elements, parts.count >= 2, let node = Self.id(parts[0]),
        let widget = parts[1].string
      else { return nil }
      return (node, widget)
    }
    mode = json["mode"]?.wholeNumber ?? 0
  }

  /// The node with other values for some of its widgets.
  func with(_ overrides: [String: JSONValue]) -> ComfyWorkflowNode {
    var node = self
    node.overrides = overrides
    return node
  }

  /// An id as text.
  ///
  /// The editor writes numbers, and texts in versions with subgraphs.
  static func id(_ value: JSONValue?) -> String? {
    switch value {
    case .integer(let number): String(number)
    case .string(let text): text
    default: nil
    }
  }

  var isMuted: Bool { mode == 2 }
  var isBypassed: Bool { mode == 4 }
  var isActive: Bool { !isMuted && !isBypassed }

  /// The name of its group node.
  var groupName: String? {
    for prefix in ["workflow>", "workflow/"] where kind.hasPrefix(prefix) {
      return String(kind.dropFirst(prefix.count))
    }
    return nil
  }

  /// The input that a bypassed node passes on at each output: the one with the same number if its type
  /// matches, or else the first matching one.
  var bypassedInputs: [Int?] {
    let firsts = Dictionary(inputs.enumerated().map { ($1.type, $0) }) { first, _ in first }
    return outputs.enumerated().map { slot, type in
      if inputs.indices.contains(slot), type == "*" || [type, "*"].contains(inputs[slot].type) {
        return slot
      }
      if type == "*" { return inputs.isEmpty ? nil : 0 }
      return [firsts[type], firsts["*"]].compactMap(\.self).min()
    }
  }
}
