/// NovelAI: the prompt in `Description`, the rest as JSON in `Comment`; or both as JSON in the lowest
/// bits of the alpha channel.
enum NovelAIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    var chunks = text.chunks
    if let hidden = text.stealth.flatMap(JSONValue.init(parsing:))?.members {
      chunks.merge(hidden.compactMapValues(\.string)) { shown, _ in shown }
    }
    guard chunks["Software"] == "NovelAI" || chunks["Source"]?.hasPrefix("NovelAI") == true,
      let raw = chunks["Comment"], let values = JSONValue(parsing: raw)?.members
    else { return nil }
    var record = ForeignRecord(tool: "novelai", raw: raw)
    record.prompt = chunks["Description"] ?? values["prompt"]?.string ?? ""
    record.model = chunks["Source"]
    for (name, value) in values {
      switch name {
      case "uc": record.set("negative_prompt", value)
      case "seed": record.setSeed(value)
      case "scale": record.guidanceScale = value.decimal
      case "prompt", "width", "height": break
      default: record.set(name, value)
      }
    }
    return record
  }
}
