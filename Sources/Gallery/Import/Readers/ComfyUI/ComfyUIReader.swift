/// ComfyUI: the executed graph as JSON in `prompt`; the sampler that made the picture is found by
/// walking up from the node that saved it.
enum ComfyUIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.chunks["prompt"] ?? graphInExif(text),
      let graph = ComfyUIGraph(JSONValue(parsing: raw))
    else { return nil }
    var record = ForeignRecord(tool: "comfyui", raw: raw)
    record.set("workflow", text.chunks["workflow"].flatMap(JSONValue.init(parsing:)))
    guard let sampler = graph.finalSampler else { return record }
    take(sampler, of: graph, into: &record)
    return record
  }

  /// WebP and JPEG files carry the graph in Exif, behind `prompt:`.
  private static func graphInExif(_ text: ImageTexts) -> String? {
    [text.model, text.make, text.description, text.userComment].compactMap { $0 }.lazy
      .compactMap { value in
        let json = value.hasPrefix("prompt:") ? String(value.dropFirst(7)) : value
        return json.first == "{" && json.contains("\"class_type\"") ? json : nil
      }.first
  }

  private static func take(
    _ sampler: ComfyUIGraph.Node, of graph: ComfyUIGraph, into record: inout ForeignRecord
  ) {
    let guider = graph.source(of: sampler, "guider")
    let conditioned = guider ?? sampler
    let positives =
      graph.texts(above: conditioned, "positive") + graph.texts(above: conditioned, "conditioning")
    record.prompt = positives.joined(separator: "\n")
    record.set(
      "negative_prompt",
      .string(graph.texts(above: conditioned, "negative").joined(separator: "\n")))

    let noise = graph.source(of: sampler, "noise")
    record.setSeed(
      graph.value(sampler, "seed") ?? graph.value(sampler, "noise_seed")
        ?? noise.flatMap { graph.value($0, "noise_seed") ?? graph.value($0, "seed") })
    record.guidanceScale =
      (graph.value(sampler, "cfg") ?? graph.value(conditioned, "cfg"))?.decimal

    let sigmas = graph.source(of: sampler, "sigmas")
    for (name, key) in [("steps", "steps"), ("scheduler", "scheduler"), ("denoise", "denoise")] {
      record.set(name, graph.value(sampler, key) ?? sigmas.flatMap { graph.value($0, key) })
    }
    record.set(
      "sampler",
      graph.value(sampler, "sampler_name")
        ?? graph.source(of: sampler, "sampler").flatMap { graph.value($0, "sampler_name") })

    let models = [sampler, conditioned].compactMap { graph.source(of: $0, "model") }
    record.model = models.lazy.compactMap(graph.modelName).first
    let loras = models.first.map(graph.loras) ?? []
    if !loras.isEmpty { record.set("loras", .array(loras.map(JSONValue.string))) }
  }
}
