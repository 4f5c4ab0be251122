/// ComfyUI: the executed graph as JSON in `prompt`, or the editor's in `workflow`; the sampler that made
/// the picture is found by walking up from the node that saved it.
enum ComfyUIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    let prompt = text.chunks["prompt"] ?? exifText(text, "prompt", having: "\"class_type\"")
    let workflow = text.chunks["workflow"] ?? exifText(text, "workflow", having: "\"nodes\"")
    let drawing = workflow.flatMap(JSONValue.init(parsing:))
    var record: ForeignRecord
    let graph: ComfyUIGraph
    if let prompt, let executed = ComfyUIGraph(JSONValue(parsing: prompt)) {
      record = ForeignRecord(tool: "comfyui", raw: prompt)
      record.set("workflow", drawing)
      graph = executed
    } else if let workflow, let drawn = ComfyUIWorkflow.graph(drawing) {
      record = ForeignRecord(tool: "comfyui", raw: workflow)
      graph = drawn
    } else {
      return nil
    }
    if let sampler = graph.finalSampler { take(sampler, of: graph, into: &record) }
    if record.prompt.isEmpty { fill(&record, from: A1111Reader.read(text)) }
    return record
  }

  /// WebP and JPEG files carry the graphs in Exif, behind `prompt:` and `workflow:`.
  private static func exifText(
    _ text: ImageTexts, _ name: String, having mark: String
  ) -> String? {
    text.exifTexts.lazy.compactMap { value in
      let isNamed = value.lowercased().hasPrefix(name + ":")
      let json = (isNamed ? String(value.dropFirst(name.count + 1)) : value).trimmingWhitespace
      return json.first == "{" && json.contains(mark) ? json : nil
    }.first
  }

  /// Nodes that save pictures often write A1111's text beside a graph of nodes that only they know.
  private static func fill(_ record: inout ForeignRecord, from other: ForeignRecord?) {
    guard let other else { return }
    record.prompt = other.prompt
    record.seed = record.seed ?? other.seed
    record.setGuidanceScale(record.guidanceScale ?? other.guidanceScale)
    record.model = record.model ?? other.model
    record.settings.merge(other.settings) { ours, _ in ours }
    record.set("parameters", .string(other.raw))
  }

  private static func take(
    _ sampler: ComfyUIGraph.Node, of graph: ComfyUIGraph, into record: inout ForeignRecord
  ) {
    let guider = graph.source(of: sampler, "guider")
    let conditioned = guider ?? sampler
    record.prompt = graph.texts(above: conditioned, .positive).joined(separator: "\n")
    record.set(
      "negative_prompt",
      .string(graph.texts(above: conditioned, .negative).joined(separator: "\n")))

    let noise = graph.source(of: sampler, "noise")
    record.setSeed(
      graph.value(sampler, "seed") ?? graph.value(sampler, "noise_seed")
        ?? noise.flatMap { graph.value($0, "noise_seed") ?? graph.value($0, "seed") })
    record.setGuidanceScale(
      (graph.value(sampler, "cfg") ?? graph.value(conditioned, "cfg"))?.decimal)
    record.set("guidance", graph.conditioningValue("guidance", above: conditioned))
    let size = graph.latentSize(above: sampler)
    record.setSize(width: size?.width, height: size?.height)

    let sigmas = graph.source(of: sampler, "sigmas")
    for name in ["steps", "scheduler", "denoise"] {
      record.set(name, graph.value(sampler, name) ?? sigmas.flatMap { graph.value($0, name) })
    }
    record.set(
      "sampler",
      graph.value(sampler, "sampler_name")
        ?? graph.source(of: sampler, "sampler").flatMap { graph.value($0, "sampler_name") })

    let models = ["model", "pipe", "basic_pipe"].flatMap { name in
      [sampler, conditioned].compactMap { graph.source(of: $0, name) }
    }
    record.model = models.lazy.compactMap(graph.modelName).first
    let loras = models.first.map(graph.loras) ?? []
    if !loras.isEmpty { record.set("loras", .array(loras.map(JSONValue.string))) }
  }
}
