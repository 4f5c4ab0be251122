extension ComfyUIGraph {
  /// What a sampler is to show, or not to show.
  enum Role: String {
    case positive, negative

    /// Whether an input hands on what is meant for the role: nodes that take both sides, such as
    /// those of ControlNet, keep them apart by name, and pipes carry both.
    func follows(_ name: String) -> Bool {
      let name = name.lowercased()
      let isOther = name.contains(self == .positive ? "negative" : "positive")
      return !isOther
        && (name.contains(rawValue) || name.hasPrefix("cond") || name.hasSuffix("pipe")
          || name.hasSuffix("ctx") || name == "context")
    }
  }

  /// The texts that reach a node for a role, each once, in the order met.
  func texts(above node: Node, _ role: Role) -> [String] {
    var found: [String] = []
    var seen: Set<String> = [node.id]
    var front = sources(of: node, role)
    while !front.isEmpty {
      let fresh = front.filter { seen.insert($0.id).inserted }
      for text in fresh.flatMap({ texts(of: $0, role) }) where !found.contains(text) {
        found.append(text)
      }
      front = fresh.flatMap { sources(of: $0, role) }
    }
    return found
  }

  private func sources(of node: Node, _ role: Role) -> [Node] {
    // What is zeroed out says nothing any more, least of all what it was made from.
    guard !node.kind.contains("ZeroOut") else { return [] }
    return node.inputs.keys.sorted().filter(role.follows).compactMap { source(of: node, $0) }
  }

  /// The texts that a node itself holds: an encoder all of its own, a loader that has both sides as
  /// words only those of the role, a node of bare words these.
  private func texts(of node: Node, _ role: Role) -> [String] {
    if encodesText(node) {
      // What wildcards were filled in with is what was encoded.
      let names = node.inputs["populated_text"] != nil ? ["populated_text"] : Self.encoded
      return names.compactMap { text(node, $0) }
    }
    let sides = node.inputs.keys.sorted().filter {
      $0.lowercased().contains(role.rawValue) && node.inputs[$0]?.string != nil
    }
    if !sides.isEmpty { return sides.compactMap { text(node, $0) } }
    return node.inputs.keys.contains(where: role.follows) ? [] : [words(of: node)].compactMap { $0 }
  }

  private static let encoded = [
    "text", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "llama", "bert", "mt5xl", "prompt",
  ]

  private func encodesText(_ node: Node) -> Bool {
    guard ["Encode", "Prompt", "Text"].contains(where: node.kind.contains) else { return false }
    return (Self.encoded + ["populated_text"]).contains { node.inputs[$0] != nil }
  }

  /// An input's text, its own or that of the nodes of words that it is linked to; nil where empty.
  private func text(_ node: Node, _ input: String) -> String? {
    let text = node.inputs[input]?.string ?? source(of: node, input).flatMap { words(of: $0) }
    return text?.isEmpty ?? true ? nil : text
  }

  /// What a node of words comes to; those that join others do it in the order of their inputs' names.
  private func words(of node: Node, depth: Int = 0) -> String? {
    guard depth < 16 else { return nil }
    func part(_ name: String) -> String? {
      node.inputs[name]?.string
        ?? source(of: node, name).flatMap { words(of: $0, depth: depth + 1) }
    }
    for name in ["text", "string", "value", "populated_text", "wildcard_text", "prompt"] {
      if let text = part(name) { return text }
    }
    let names = node.inputs.keys.sorted().filter {
      ($0.hasPrefix("text") || $0.hasPrefix("string") || $0.hasPrefix("prompt")) && $0.count <= 9
    }
    let parts = names.compactMap(part).filter { !$0.isEmpty }
    let delimiter = node.inputs["delimiter"]?.string ?? node.inputs["separator"]?.string ?? ", "
    return parts.isEmpty ? nil : parts.joined(separator: delimiter)
  }
}
