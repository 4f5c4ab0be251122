extension ComfyGraph {
  /// Whether `json` is an executed graph: an object whose nodes have a class.
  static func isPrompt(_ json: JSONValue?) -> Bool {
    json?.members?.values.contains { $0["class_type"]?.string != nil } ?? false
  }

  /// The executed graph of `prompt`, or nil if there is none or it is too large.
  ///
  /// - Parameter workflow: the editor's graph beside it. It contains the texts that nodes showed when the
  ///   image was made. `prompt` contains those of the run before.
  init?(prompt: JSONValue?, workflow: JSONValue? = nil) {
    guard Self.isPrompt(prompt), let members = prompt?.members,
      members.count <= Self.mostNodes
    else { return nil }
    let ordered = members.filter { $0.value["class_type"]?.string != nil }
      .sorted { ($0.key.utf8.count, $0.key) < ($1.key.utf8.count, $1.key) }
    let positions = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1.key, $0) })
    let shown = Self.shownTexts(workflow)
    var redirects: [Link: Link?] = [:]
    var nodes: [Node] = []
    for (index, (id, json)) in ordered.enumerated() {
      var node = Node(id: id, kind: (json["class_type"]?.string ?? "").trimmingWhitespace)
      for (name, value) in json["inputs"]?.members ?? [:] {
        if let (source, slot) = Self.reference(value) {
          if let position = positions[source] {
            node.links[name] = Link(node: position, slot: slot)
          }
        } else if value != .null {
          node.values[name] = value["__value__"] ?? value
        }
      }
      if let text = shown[id] {
        node.values["text_0"] = .string(text)
      } else if node.links["text"] != nil {
        node.values["text_0"] = nil
      }
      if ComfyNodeTable.reroutes.contains(node.kind) {
        redirects[Link(node: index, slot: 0)] = .some(
          node.links.count == 1 ? node.links.first?.value : nil)
      }
      nodes.append(node)
    }
    self.init(nodes, redirects: redirects)
  }

  /// A link: the id of the node and the number of its output.
  private static func reference(_ value: JSONValue) -> (id: String, slot: Int)? {
    guard let parts = value.elements, parts.count == 2, case .integer(let slot) = parts[1],
      let slot = Int(exactly: slot), slot >= 0
    else { return nil }
    switch parts[0] {
    case .string(let id): return (id, slot)
    case .integer(let id): return (String(id), slot)
    default: return nil
    }
  }

  private static func shownTexts(_ workflow: JSONValue?) -> [String: String] {
    var texts: [String: String] = [:]
    for node in workflow?["nodes"]?.elements ?? [] {
      guard let kind = node["type"]?.string, kind.hasPrefix("ShowText"),
        let id = node["id"]?.wholeNumber, let values = node["widgets_values"]?.elements
      else { continue }
      let lines = values.flatMap { $0.elements ?? [$0] }.compactMap(\.string)
      if !lines.isEmpty { texts[String(id)] = lines.joined(separator: "\n") }
    }
    return texts
  }
}
