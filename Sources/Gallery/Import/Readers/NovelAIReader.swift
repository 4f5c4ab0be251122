/// NovelAI: the prompt in `Description`, the rest as JSON in `Comment`; or all of it as JSON in the
/// lowest bits of the alpha channel or in Exif.
enum NovelAIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    if let record = read(text.chunks, raw: text.chunks["Comment"]) { return record }
    for hidden in [text.stealth, text.userComment].compactMap({ $0 }) {
      guard let members = JSONValue(parsing: hidden)?.members else { continue }
      if let record = read(members.compactMapValues(\.string), raw: hidden) { return record }
    }
    return nil
  }

  private static func read(_ chunks: [String: String], raw: String?) -> ForeignRecord? {
    guard chunks["Software"] == "NovelAI" || chunks["Source"]?.hasPrefix("NovelAI") == true,
      let raw, let values = chunks["Comment"].flatMap(JSONValue.init(parsing:))?.members
    else { return nil }
    var record = ForeignRecord(tool: "novelai", raw: raw)
    record.prompt = chunks["Description"] ?? values["prompt"]?.string ?? ""
    record.model = chunks["Source"]
    for (name, value) in values {
      switch name {
      case "uc": record.set("negative_prompt", value)
      case "seed": record.setSeed(value)
      case "scale": record.setGuidanceScale(value.decimal)
      case "prompt", "width", "height": break
      default: record.set(name, value)
      }
    }
    record.setSize(width: values["width"], height: values["height"])
    for name in ["Title", "Generation time"] {
      record.set(A1111Reader.key(name), chunks[name].map(JSONValue.string))
    }
    return record
  }
}
