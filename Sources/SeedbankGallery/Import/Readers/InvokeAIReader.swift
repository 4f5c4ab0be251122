/// InvokeAI, by version: `invokeai_metadata` or only the graph (3 and later), `sd-metadata` (2), `Dream`
/// (1).
enum InvokeAIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    if let raw = text.chunks["invokeai_metadata"], var record = modern(raw) {
      for name in ["graph", "workflow"] {
        record.set(name, text.chunks["invokeai_\(name)"].flatMap(JSONValue.init(parsing:)))
      }
      return record
    }
    if let raw = text.chunks["invokeai_graph"], let record = graph(raw) { return record }
    if let raw = text.chunks["sd-metadata"], let record = second(raw) { return record }
    if let raw = text.chunks["Dream"] ?? text.chunks["dream"] { return first(raw) }
    return nil
  }

  private static func modern(_ raw: String) -> ForeignRecord? {
    guard let values = JSONValue(parsing: raw)?.members else { return nil }
    var record = ForeignRecord(tool: "invokeai", raw: raw)
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "positive_prompt": record.prompt = value.string ?? ""
      case "negative_prompt": record.set(name, value)
      case "seed": record.setSeed(value)
      case "cfg_scale" where value.decimal != nil: record.setGuidanceScale(value.decimal)
      case "model":
        record.model = (value["model_name"] ?? value["name"] ?? value).string
        if record.model == nil { record.set(name, value) }
      case "scheduler": record.set("sampler", value)
      case "width", "height": break
      default: record.set(name, value)
      }
    }
    record.setSize(width: values["width"], height: values["height"])
    return record
  }

  /// Only the graph, from versions without a chunk for metadata.
  ///
  /// One of its nodes collects the metadata.
  private static func graph(_ raw: String) -> ForeignRecord? {
    let nodes = JSONValue(parsing: raw)?["nodes"]
    let all = nodes?.elements ?? nodes?.members.map { Array($0.values) } ?? []
    guard
      let values = all.first(where: {
        ["core_metadata", "metadata_accumulator"].contains($0["type"]?.string)
      })?.members
    else { return nil }
    var record = ForeignRecord(tool: "invokeai", raw: raw)
    record.take(values)
    return record
  }

  private static func second(_ raw: String) -> ForeignRecord? {
    guard let json = JSONValue(parsing: raw), let image = json["image"]?.members else { return nil }
    var record = ForeignRecord(tool: "invokeai", raw: raw)
    for (name, value) in image.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "prompt":
        let parts = value.elements?.compactMap { $0["prompt"]?.string } ?? [value.string ?? ""]
        take(prompt: parts.joined(separator: "\n"), into: &record)
      case "seed": record.setSeed(value)
      case "cfg_scale" where value.decimal != nil: record.setGuidanceScale(value.decimal)
      case "width", "height": break
      default: record.set(name, value)
      }
    }
    record.model = (json["model_weights"] ?? json["model"])?.string
    record.setSize(width: image["width"], height: image["height"])
    record.set("model_hash", json["model_hash"])
    record.set("app_version", json["app_version"])
    return record
  }

  /// `"a prompt [what not]" -s 50 -S 42 -W 512 -H 768 -C 7.5 -A k_lms`, also without spaces: `-s50`.
  private static func first(_ raw: String) -> ForeignRecord? {
    guard raw.hasPrefix("\""), let close = raw.dropFirst().lastIndex(of: "\"") else { return nil }
    var record = ForeignRecord(tool: "invokeai", raw: raw)
    take(prompt: String(raw[raw.index(after: raw.startIndex)..<close]), into: &record)
    let values = options(raw[raw.index(after: close)...])
    for (option, value) in values.sorted(by: { $0.key < $1.key }) {
      switch option {
      case "s": record.set("steps", Int64(value).map(JSONValue.integer))
      case "S": record.setSeed(.string(value))
      case "C": record.setGuidanceScale(Double(value))
      case "A", "m": record.set("sampler", .string(value))
      case "f": record.set("strength", Double(value).map(JSONValue.number))
      default: break
      }
    }
    record.setSize(
      width: values["W"].map(JSONValue.string), height: values["H"].map(JSONValue.string))
    return record
  }

  private static func options(_ text: Substring) -> [Character: String] {
    var values: [Character: String] = [:]
    var waiting: Character?
    for word in text.split(separator: " ") {
      if word.first == "-", let name = word.dropFirst().first, name.isLetter {
        let value = word.dropFirst(2)
        waiting = value.isEmpty ? name : nil
        if !value.isEmpty { values[name] = String(value) }
      } else if let name = waiting {
        values[name] = String(word)
        waiting = nil
      }
    }
    return values
  }

  /// The text in square brackets is the negative prompt.
  private static func take(prompt: String, into record: inout ForeignRecord) {
    record.prompt = prompt
    let negatives = prompt.split(separator: "[").dropFirst().compactMap { part in
      part.firstIndex(of: "]").map { part[..<$0].trimmingWhitespace }
    }
    record.set("negative_prompt", .string(negatives.joined(separator: ", ")))
  }
}
