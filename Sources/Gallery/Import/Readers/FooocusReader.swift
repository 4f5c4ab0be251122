/// Fooocus and its forks: JSON in A1111's place (its own scheme), A1111's text (its second scheme), or
/// JSON in a comment, as the forks MRE and RuinedFooocus have it.
enum FooocusReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    if let record = likeA1111(text) { return record }
    if let raw = text.parameters, let values = JSONValue(parsing: raw)?.members,
      text.chunks["fooocus_scheme"] != nil || values["metadata_scheme"]?.string == "fooocus"
        || values["base_model"] != nil || isFork(values)
    {
      return record(values, raw)
    }
    for raw in [text.chunks["Comment"], text.comment].compactMap({ $0 }) {
      guard let values = JSONValue(parsing: raw)?.members,
        isFork(values) || (values["base_model"] != nil && values["prompt"] != nil)
      else { continue }
      return record(values, raw)
    }
    return nil
  }

  private static func likeA1111(_ text: ImageTexts) -> ForeignRecord? {
    guard var record = A1111Reader.read(text),
      text.chunks["fooocus_scheme"] != nil
        || record.settings["version"]?.string?.hasPrefix("Fooocus") == true
    else { return nil }
    record.tool = "fooocus"
    return record
  }

  private static func isFork(_ values: [String: JSONValue]) -> Bool {
    values["software"]?.string?.contains("Fooocus") == true
  }

  private static func record(_ values: [String: JSONValue], _ raw: String) -> ForeignRecord {
    var record = ForeignRecord(tool: "fooocus", raw: raw)
    for (name, value) in values {
      switch name.lowercased() {
      case "prompt": record.prompt = value.string ?? ""
      case "negative_prompt", "negative": record.set("negative_prompt", value)
      case "seed": record.setSeed(value)
      case "guidance_scale", "cfg", "cfg_scale": record.setGuidanceScale(value.decimal)
      case "base_model", "base_model_name": record.model = value.string
      case "sampler_name": record.set("sampler", value)
      case "width", "height": break
      default: record.set(name, value)
      }
    }
    record.setSize(width: values["width"], height: values["height"])
    return record
  }
}
