/// Tensor.Art: `generation_data` as JSON, with a ComfyUI graph beside it.
enum TensorArtReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.chunks["generation_data"],
      var values = JSONValue(parsing: raw)?.members
    else { return nil }
    var record = ForeignRecord(tool: "tensorart", raw: raw)
    let base = values["baseModel"]
    if let name = base?["modelFileName"]?.string {
      record.model = name
      record.set("model_hash", base?["hash"])
      values["baseModel"] = nil
    }
    // It asks for a random seed. The seed that was used is in the graph.
    if values["seed"]?.wholeNumber == -1 { values["seed"] = nil }
    record.take(values)
    record.complete(withGraphOf: text)
    return record
  }
}
