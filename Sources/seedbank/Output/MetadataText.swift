import SeedbankModel

/// `show --metadata`: the metadata that another tool wrote into an image.
enum MetadataText {
  /// Prints the text of the tool; with a JSON format, all recorded values.
  /// - Throws: a `Failure` if the generation has no metadata of another tool.
  static func print(
    _ generation: Generation, _ format: OutputFormat, _ session: Session
  ) throws {
    guard let provenance = generation.provenance else {
      throw Failure(
        .noInput, "generation \(generation.id) has no metadata of another tool",
        hint: "`seedbank show \(generation.id)` shows the recorded values")
    }
    switch format {
    case .json, .jsonl:
      var writer = JSONWriter()
      provenance.write(to: &writer)
      session.output.write(writer.text + "\n")
    case .table, .csv, .ids, .paths:
      guard let raw = provenance.raw else {
        throw Failure(
          .noInput, "the original text of \(provenance.tool) is not recorded",
          hint:
            "`seedbank show \(generation.id) --metadata --format json` shows the values read from it"
        )
      }
      RequestRendering.print(String(decoding: raw, as: UTF8.self), session)
    }
  }
}
