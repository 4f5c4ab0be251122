/// ComfyUI: the executed graph as JSON in `prompt`, or the editor's graph in `workflow`.
///
/// The graph is followed from the node that saved the image. Values that no known node contains stay
/// empty, and the graph itself is kept.
enum ComfyUIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    let places = ComfyUIPlaces(text)
    var record: ForeignRecord
    if let prompt = places.prompt {
      record = ForeignRecord(tool: "comfyui", raw: prompt.raw)
      record.set("workflow", places.workflow?.json)
      if let graph = ComfyGraph(prompt: prompt.json, workflow: places.workflow?.json) {
        record.take(graph, fileName: text.fileName)
      }
    } else if let workflow = places.workflow, ComfyWorkflow.isWorkflow(workflow.json) {
      record = ForeignRecord(tool: "comfyui", raw: workflow.raw)
      if let graph = ComfyWorkflow.graph(workflow.json) {
        record.take(graph, fileName: text.fileName)
      }
    } else {
      return nil
    }
    if record.prompt.isEmpty { fill(&record, from: A1111Reader.read(text)) }
    return record
  }

  /// Nodes that save images often write A1111's text beside a graph of unknown nodes.
  private static func fill(_ record: inout ForeignRecord, from other: ForeignRecord?) {
    // Some of them write `unknown` or default values for what they did not find.
    guard let other, other.prompt != "unknown" else { return }
    record.prompt = other.prompt
    record.seed = record.seed ?? other.seed
    record.setGuidanceScale(record.guidanceScale ?? other.guidanceScale)
    record.model = record.model ?? other.model
    record.settings.merge(other.settings) { ours, _ in ours }
    record.set("parameters", .string(other.raw))
  }
}

/// The places of the two graphs.
struct ComfyUIPlaces {
  struct Graph {
    let raw: String
    let json: JSONValue
  }

  private(set) var prompt: Graph?
  private(set) var workflow: Graph?

  init(_ text: ImageTexts) {
    for (name, chunk) in text.chunks.sorted(by: { $0.key < $1.key }) {
      if ["prompt", "workflow"].contains(name.lowercased()) { take(chunk) }
    }
    guard prompt == nil || workflow == nil else { return }
    for value in text.exifTexts + [text.chunks["parameters"], text.stealth].compactMap(\.self) {
      take(value)
    }
  }

  /// In WebP and JPEG, the graphs are in Exif, usually after `prompt:` and `workflow:`.
  private mutating func take(_ text: String) {
    let head = text.prefix(12).lowercased()
    let label = ["prompt:", "workflow:"].first(where: head.hasPrefix)
    var raw = text.dropFirst(label?.count ?? 0).trimmingWhitespace
    if raw.utf8.last == 0 { raw = String(raw.prefix { $0 != "\0" }) }
    guard raw.first == "{", raw.mentions("\"class_type\"") || raw.mentions("\"nodes\""),
      let json = JSONValue(parsing: raw)
    else { return }
    let graph = Graph(raw: raw, json: json)
    if ComfyGraph.isPrompt(json) {
      if prompt == nil { prompt = graph }
    } else if ComfyWorkflow.isWorkflow(json) {
      if workflow == nil { workflow = graph }
    }
  }
}
