/// InvokeAI, three generations of it: `invokeai_metadata` (3 and later), `sd-metadata` (2), `Dream` (1).
enum InvokeAIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    if let raw = text.chunks["invokeai_metadata"], let record = modern(raw) { return record }
    if let raw = text.chunks["sd-metadata"], let record = second(raw) { return record }
    if let raw = text.chunks["Dream"] ?? text.chunks["dream"] { return first(raw) }
    return nil
  }

  private static func modern(_ raw: String) -> ForeignRecord? {
    guard let values = JSONValue(parsing: raw)?.members else { return nil }
    var record = ForeignRecord(tool: "invokeai", raw: raw)
    for (name, value) in values {
      switch name {
      case "positive_prompt": record.prompt = value.string ?? ""
      case "negative_prompt": record.set(name, value)
      case "seed": record.setSeed(value)
      case "cfg_scale": record.guidanceScale = value.decimal
      case "model": record.model = (value["model_name"] ?? value["name"] ?? value).string
      case "scheduler": record.set("sampler", value)
      case "width", "height": break
      default: record.set(name, value)
      }
    }
    return record
  }

  private static func second(_ raw: String) -> ForeignRecord? {
    guard let json = JSONValue(parsing: raw), let image = json["image"]?.members else { return nil }
    var record = ForeignRecord(tool: "invokeai", raw: raw)
    for (name, value) in image {
      switch name {
      case "prompt":
        let parts = value.elements?.compactMap { $0["prompt"]?.string } ?? [value.string ?? ""]
        take(prompt: parts.joined(separator: "\n"), into: &record)
      case "seed": record.setSeed(value)
      case "cfg_scale": record.guidanceScale = value.decimal
      case "width", "height": break
      default: record.set(name, value)
      }
    }
    record.model = (json["model_weights"] ?? json["model"])?.string
    record.set("model_hash", json["model_hash"])
    record.set("app_version", json["app_version"])
    return record
  }

  /// `"a prompt [what not]" -s 50 -S 42 -W 512 -H 768 -C 7.5 -A k_lms`
  private static func first(_ raw: String) -> ForeignRecord? {
    guard raw.hasPrefix("\""), let close = raw.dropFirst().lastIndex(of: "\"") else { return nil }
    var record = ForeignRecord(tool: "invokeai", raw: raw)
    take(prompt: String(raw[raw.index(after: raw.startIndex)..<close]), into: &record)
    let words = raw[raw.index(after: close)...].split(separator: " ")
    for (option, value) in zip(words, words.dropFirst()) where !value.hasPrefix("-") {
      switch option {
      case "-s": record.set("steps", Int64(value).map(JSONValue.integer))
      case "-S": record.setSeed(.string(String(value)))
      case "-C": record.guidanceScale = Double(value)
      case "-A": record.set("sampler", .string(String(value)))
      default: break
      }
    }
    return record
  }

  /// What stands in square brackets is what the picture shall not show.
  private static func take(prompt: String, into record: inout ForeignRecord) {
    record.prompt = prompt
    let negatives = prompt.split(separator: "[").dropFirst().compactMap { part in
      part.firstIndex(of: "]").map { part[..<$0].trimmingWhitespace }
    }
    record.set("negative_prompt", .string(negatives.joined(separator: ", ")))
  }
}
