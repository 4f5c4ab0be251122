/// SwarmUI: JSON with `sui_image_params`, in A1111's place.
enum SwarmUIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.parameters, raw.contains("sui_image_params"),
      let json = JSONValue(parsing: raw), let values = json["sui_image_params"]?.members
    else { return nil }
    var record = ForeignRecord(tool: "swarmui", raw: raw)
    for (name, value) in values {
      switch name {
      case "prompt": record.prompt = value.string ?? ""
      case "negativeprompt": record.set("negative_prompt", value)
      case "seed": record.setSeed(value)
      case "cfgscale": record.setGuidanceScale(value.decimal)
      case "model": record.model = value.string
      case "width", "height": break
      default: record.set(name, value)
      }
    }
    record.setSize(width: values["width"], height: values["height"])
    record.set("extra", json["sui_extra_data"])
    return record
  }
}
