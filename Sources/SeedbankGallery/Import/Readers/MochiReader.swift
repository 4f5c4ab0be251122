/// Mochi Diffusion: `Include in Image: …; Exclude from Image: …; Model: …; Generator: Mochi Diffusion 6`
/// as the caption.
enum MochiReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    text.parameterTexts.lazy.compactMap(read).first
  }

  private static func read(_ raw: String) -> ForeignRecord? {
    guard raw.trimmingWhitespace.hasPrefix("Include in Image:") else { return nil }
    var values: [(name: String, value: String)] = []
    for part in raw.split(separator: ";", omittingEmptySubsequences: false) {
      if let colon = part.firstIndex(of: ":"),
        names.contains(ForeignRecord.folded(String(part[..<colon])))
      {
        values.append(
          (part[..<colon].trimmingWhitespace, part[colon...].dropFirst().trimmingWhitespace))
      } else if let last = values.indices.last {
        // A semicolon within the prompt.
        values[last].value += ";" + part
      }
    }
    var record = ForeignRecord(tool: "mochi", raw: raw)
    record.take(
      Dictionary(values.map { ($0.name, JSONValue.string($0.value)) }) { first, _ in first })
    return record
  }

  private static let names: Set = [
    "includeinimage", "excludefromimage", "model", "steps", "guidancescale", "seed", "size",
    "scheduler", "mlcomputeunit", "generator", "upscaler", "date", "startingimage", "strength",
    "controlnet",
  ]
}
