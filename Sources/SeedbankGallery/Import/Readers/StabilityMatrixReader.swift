/// Stability Matrix: parameters as JSON, with A1111's text and a ComfyUI graph beside it.
enum StabilityMatrixReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.chunks["parameters-json"] ?? text.chunks["smproj"] else { return nil }
    var record = ForeignRecord(tool: "stabilitymatrix", raw: raw)
    if let values = text.chunks["parameters-json"].flatMap(JSONValue.init(parsing:))?.members {
      record.take(values)
    }
    record.set("project", text.chunks["smproj"].flatMap(JSONValue.init(parsing:)))
    record.complete(from: A1111Reader.read(text))
    record.complete(withGraphOf: text)
    return record
  }
}

extension ForeignRecord {
  /// Takes missing values from the ComfyUI graph in the same file, and keeps the graph.
  mutating func complete(withGraphOf text: ImageTexts) {
    guard let graph = ComfyUIReader.read(text) else { return }
    complete(from: graph)
    if settings["graph"] == nil { set("graph", JSONValue(parsing: graph.raw)) }
  }
}
