/// JSON with one member for each value, as written by scripts, Hugging Face Spaces, MFLUX and
/// FramePack.
///
/// Only JSON with a prompt is used.
enum NamedJSONReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    for object in text.objects {
      let names = Set(object.members.keys.map(ForeignRecord.folded))
      guard !names.isDisjoint(with: ["prompt", "positiveprompt"]),
        !names.isDisjoint(with: Self.others)
      else { continue }
      var record = ForeignRecord(tool: tool(object.members), raw: object.text)
      record.take(object.members)
      if !record.prompt.isEmpty { return record }
    }
    return nil
  }

  /// Members that show that a prompt is one for image generation.
  private static let others: Set = [
    "seed", "steps", "numinferencesteps", "cfgscale", "cfg", "guidancescale", "guidance",
    "negativeprompt", "sampler", "samplername", "scheduler", "model", "modelname",
  ]

  private static func tool(_ values: [String: JSONValue]) -> String {
    if values["mflux_version"] != nil { return "mflux" }
    if values["latent_window_size"] != nil { return "framepack" }
    if values["num_inference_steps"] != nil, values["Model"] != nil || values["resolution"] != nil {
      return "huggingface"
    }
    return "unknown"
  }
}
