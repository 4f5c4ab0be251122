/// Civitai's orchestration, for example of upscaled images: the first request as JSON in
/// `extraMetadata`, beside or within a ComfyUI graph.
///
/// Other Civitai images have A1111's text.
enum CivitaiReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.chunks["extraMetadata"] ?? inGraph(text.chunks["prompt"]),
      var values = JSONValue(parsing: raw)?.members
    else { return nil }
    var record = ForeignRecord(tool: "civitai", raw: raw)
    // The family of models, such as `SDXL`, not the name of a model.
    record.set("base_model", values.removeValue(forKey: "baseModel"))
    record.take(values)
    record.complete(withGraphOf: text)
    return record
  }

  private static func inGraph(_ graph: String?) -> String? {
    guard let graph, graph.mentions("\"extraMetadata\"") else { return nil }
    return JSONValue(parsing: graph)?["extraMetadata"]?.string
  }
}
