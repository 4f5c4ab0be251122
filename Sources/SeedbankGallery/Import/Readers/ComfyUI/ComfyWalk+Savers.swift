extension ComfyWalk {
  /// The node that made the image of this file.
  ///
  /// Nodes that save images come first. Without one, other nodes at the end of the graph are used, then
  /// previews, then samplers without users. If several nodes save, the one whose `filename_prefix`
  /// matches the file name is used, or else the one with the most nodes above it.
  func maker(fileName: String?) -> Int? {
    var ranks: [SaverRank: [Int]] = [:]
    for index in graph.nodes.indices {
      if let rank = rank(index) { ranks[rank, default: []].append(index) }
    }
    for rank in SaverRank.allCases {
      let nodes = ordered(ranks[rank] ?? [], fileName: fileName)
      if let made = nodes.lazy.compactMap(saved).first { return made }
      if rank == .saver, !nodes.isEmpty { return nil }
    }
    return nil
  }

  /// The nodes that save images, the most likely one first.
  func savers(fileName: String?) -> [Int] {
    ordered(graph.nodes.indices.filter { rank($0) == .saver }, fileName: fileName)
  }

  /// The common start of the file name and the prefix of the node that saved it, if several nodes
  /// save.
  ///
  /// It is stored, because it identifies the node later, when the file name is not known.
  func tellingPrefix(fileName: String?) -> String? {
    guard let fileName else { return nil }
    let all = graph.nodes.indices.filter { rank($0) == .saver }
    guard all.count > 1 else { return nil }
    let length = all.map { prefixLength($0, fileName) }.max() ?? 0
    return length > 0 ? String(fileName.prefix(length)) : nil
  }

  private enum SaverRank: CaseIterable { case saver, end, preview, sampler }

  private func rank(_ index: Int) -> SaverRank? {
    let node = node(index)
    let kind = node.kind.lowercased()
    if isSampler(index) || ComfyService.kinds.contains(node.kind) {
      for name in ["image_output", "save_image"] {
        if let mode = node.values[name]?.string { return mode.contains("Save") ? .saver : .preview }
      }
      return graph.isUsed[index] ? nil : .sampler
    }
    guard !imageInputs(of: index).isEmpty else {
      return graph.isUsed[index] || pictureInputs(of: index).isEmpty ? nil : .end
    }
    if kind.contains("preview") || kind.contains("compar") { return .preview }
    if kind.contains("save") || Self.otherSavers.contains(node.kind) { return .saver }
    return graph.isUsed[index] ? nil : .end
  }

  private static let otherSavers: Set<String> = ["VHS_VideoCombine", "ttN imageOutput"]

  private func imageInputs(of index: Int) -> [String] {
    pictureInputs(of: index).filter(Self.isImage)
  }

  /// Whether the name of an input is that of an image.
  static func isImage(_ name: String) -> Bool {
    ["image", "pixel", "frame", "picture"].contains(where: name.lowercased().contains)
  }

  private func saved(_ index: Int) -> Int? {
    if isSampler(index) || ComfyService.kinds.contains(node(index).kind) { return index }
    let images = imageInputs(of: index)
    return producer(of: index, images.isEmpty ? pictureInputs(of: index) : images)
  }

  private func ordered(_ savers: [Int], fileName: String?) -> [Int] {
    guard savers.count > 1 else { return savers }
    if let fileName {
      let matching = savers.map { ($0, prefixLength($0, fileName)) }.filter { $0.1 > 0 }
      if let longest = matching.map(\.1).max() {
        return matching.filter { $0.1 == longest }.map(\.0)
      }
    }
    let weighed = savers.prefix(16).map { ($0, reach(of: $0)) }
    return weighed.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }

  /// The number of characters of the file name that match the prefix of the node.
  ///
  /// Placeholders such as `%date%` are not known. Only the text before them is compared.
  private func prefixLength(_ index: Int, _ fileName: String) -> Int {
    guard let prefix = value(index, ["filename_prefix", "save_prefix", "filename"])?.string,
      let name = prefix.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last
    else { return 0 }
    let fixed = name.prefix { $0 != "%" }
    guard fileName.hasPrefix(fixed) else { return 0 }
    // `cat_00001_.png` has the prefix `cat`; `cats.png` does not.
    let rest = fileName.dropFirst(fixed.count).first
    let isWhole = fixed.count < name.count || rest.map { !$0.isLetter && !$0.isNumber } ?? true
    return isWhole ? fixed.count : 0
  }

  /// The number of nodes above a node.
  private func reach(of index: Int) -> Int {
    var seen: Set<Int> = [index]
    var front = [index]
    while let next = front.popLast() {
      for link in node(next).links.values where seen.insert(link.node).inserted {
        front.append(link.node)
      }
    }
    return seen.count
  }
}
