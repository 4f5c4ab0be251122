extension ComfyWalk {
  /// Whether a node made its image by a request, so that its inputs contain the values.
  func isService(_ index: Int) -> Bool {
    ComfyService.kinds.contains(node(index).kind) || asksForImage(index)
  }

  /// Whether an unknown node makes its image from its own prompt and seed: it has no other source, or its
  /// class is named an edit of images and it has no model.
  ///
  /// The node must be linked to an input for images, because nodes that write texts have a prompt and a
  /// seed too.
  func asksForImage(_ index: Int) -> Bool {
    requests.once(index, limits, cost: cost(index)) {
      let node = node(index)
      guard ComfyNodeTable.output(of: node.kind, 0) == nil, !isSampler(index), !isTouchUp(index),
        ComfyService.seed.contains(where: node.hasInput),
        let prompt = ["prompt", "model.prompt"].first(where: node.hasInput),
        text(index, prompt).known != ""
      else { return false }
      let sources = node.links.keys.filter { !ComfyService.plainInputs.contains($0) }
      return sources.isEmpty
        || node.kind.contains("ImageEdit")
          && sources.allSatisfy { !ComfyService.localInputs.contains($0) }
    } ?? false
  }
}
