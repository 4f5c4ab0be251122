/// Fooocus: JSON in A1111's place; its A1111 scheme is read as such.
enum FooocusReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.parameters, let values = JSONValue(parsing: raw)?.members,
      text.chunks["fooocus_scheme"] != nil || values["metadata_scheme"]?.string == "fooocus"
        || values["base_model"] != nil
    else { return nil }
    var record = ForeignRecord(tool: "fooocus", raw: raw)
    for (name, value) in values {
      switch name {
      case "prompt": record.prompt = value.string ?? ""
      case "negative_prompt": record.set(name, value)
      case "seed": record.setSeed(value)
      case "guidance_scale": record.guidanceScale = value.decimal
      case "base_model": record.model = value.string
      default: record.set(name, value)
      }
    }
    return record
  }
}
