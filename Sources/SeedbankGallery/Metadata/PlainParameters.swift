import SeedbankModel

/// Parameters in the text form of A1111, which most programs can read: the prompt, followed by one line
/// of names and values.
enum PlainParameters {
  static func text(_ generation: Generation, _ image: CataloguedImage, software: String) -> String {
    let parameters = generation.parameters
    var lines = [generation.prompt]
    let settings = ForeignSettings(generation.provenance?.settings)
    if let negative = settings["negative_prompt"] { lines.append("Negative prompt: \(negative)") }
    let values: [(String, String?)] = [
      ("Steps", settings["steps"]), ("Sampler", settings["sampler"]),
      ("CFG scale", parameters.guidanceScale.map { "\($0)" } ?? settings["cfg_scale"]),
      ("Seed", parameters.seed.map { "\($0)" }), ("Size", "\(image.width)x\(image.height)"),
      ("Model", parameters.model), ("Version", software),
    ]
    lines.append(
      values.compactMap { name, value in value.map { "\(name): \(quoted($0))" } }
        .joined(separator: ", "))
    return lines.joined(separator: "\n")
  }

  /// Values with a comma, a colon or a line end are quoted like JSON strings.
  private static func quoted(_ value: String) -> String {
    let special = ",:\"\n\r".unicodeScalars
    guard value.unicodeScalars.contains(where: { special.contains($0) }) else { return value }
    var writer = JSONWriter()
    writer.value(value)
    return writer.text
  }
}
