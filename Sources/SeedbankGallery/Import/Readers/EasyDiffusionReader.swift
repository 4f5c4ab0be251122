/// Easy Diffusion: one PNG chunk or JSON member for each value, or lines of `Name: value` in a sidecar.
enum EasyDiffusionReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    let marks = ["use_stable_diffusion_model", "Stable Diffusion model"]
    if marks.contains(where: { text.chunks[$0] != nil }) {
      let values = text.chunks.mapValues(JSONValue.string)
      return record(values, raw: JSONValue.object(values).text)
    }
    if let object = text.objects.first(where: { object in
      marks.contains { object.members[$0] != nil }
    }) {
      return record(object.members, raw: object.text)
    }
    return text.parameterTexts.lazy.compactMap(lines).first
  }

  private static func record(_ values: [String: JSONValue], raw: String) -> ForeignRecord {
    var record = ForeignRecord(tool: "easydiffusion", raw: raw)
    record.take(values)
    return record
  }

  /// The text form: each value starts a new line, and a prompt may have several lines.
  private static func lines(_ raw: String) -> ForeignRecord? {
    guard raw.hasPrefix("Prompt: "), raw.mentions("\nStable Diffusion model: ") else { return nil }
    var values: [String: String] = [:]
    // The prompt whose lines are read.
    var prompt: String?
    for line in raw.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let colon = line.firstRange(of: ": ")
      let name = colon.map { String(line[..<$0.lowerBound]) }
      let folded = ForeignRecord.folded(name ?? "")
      if let colon, let name, prompt == nil || names.contains(folded) {
        values[name] = String(line[colon.upperBound...])
        prompt = prompts.contains(folded) ? name : nil
      } else if let prompt {
        values[prompt, default: ""] += "\n" + line
      }
    }
    return record(values.mapValues(JSONValue.string), raw: raw)
  }

  private static let prompts: Set = ["prompt", "negativeprompt"]

  private static let names = ForeignRecord.parameterNames.union([
    "clipskip", "controlnetmodel", "controlnetfilter", "controlnetstrength", "vaemodel",
    "promptstrength", "loramodel", "lorastrength", "hypernetworkmodel", "hypernetworkstrength",
    "embeddingmodels", "seamlesstiling", "usefacecorrection", "useupscaling", "upscaleby",
    "latentupscalersteps", "distilledguidance", "distilledguidancescale",
  ])
}
