/// NovelAI: the prompt in `Description`, the rest as JSON in `Comment`; or all of it as JSON in the
/// lowest bits of the alpha channel, in Exif or in a JPEG comment.
enum NovelAIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    if let raw = text.chunks["Comment"], let record = read(raw, beside: text.chunks, raw: raw) {
      return record
    }
    for object in text.objects {
      let beside = object.members.compactMapValues(\.string)
      let comment = beside["Comment"] ?? object.text
      let isNested = beside["Comment"] != nil
      if let record = read(comment, beside: isNested ? beside : [:], raw: object.text) {
        return record
      }
    }
    return nil
  }

  private static func read(
    _ comment: String, beside chunks: [String: String], raw: String
  ) -> ForeignRecord? {
    guard var values = JSONValue(parsing: comment)?.members,
      chunks["Software"] == "NovelAI" || chunks["Source"]?.hasPrefix("NovelAI") == true
        || isOwn(values)
    else { return nil }
    var record = ForeignRecord(tool: "novelai", raw: raw)
    record.model = chunks["Source"]
    if let scale = values["scale"]?.decimal {
      record.setGuidanceScale(scale)
      values["scale"] = nil
    }
    let positive = Caption(values["v4_prompt"])
    let negative = Caption(values["v4_negative_prompt"])
    // NovelAI damages letters beyond ASCII in the `Description` of its WebP files.
    let base = [positive.base, values.removeValue(forKey: "prompt")?.string, chunks["Description"]]
      .compactMap(\.self).first { !$0.isEmpty }
    record.prompt = ([base].compactMap(\.self) + positive.characters).joined(separator: "\n")
    let unwanted = [values.removeValue(forKey: "uc")?.string ?? negative.base ?? ""]
    record.set(
      "negative_prompt",
      .string((unwanted + negative.characters).filter { !$0.isEmpty }.joined(separator: "\n")))
    // The model is in another chunk. Here it is an option of the service.
    record.set("model_switch", record.model == nil ? nil : values.removeValue(forKey: "model"))
    record.take(values)
    take(["Title", "Generation time"], of: chunks, into: &record)
    return record
  }

  /// The texts that are left if an editor removed or damaged `Comment`.
  ///
  /// This is tried after the pixels, in which NovelAI writes everything again.
  static func withoutComment(_ text: ImageTexts) -> ForeignRecord? {
    let nested = text.objects.map { $0.members.compactMapValues(\.string) }
    for chunks in [text.chunks] + nested where chunks["Software"] == "NovelAI" {
      guard let prompt = chunks["Description"], !prompt.trimmingWhitespace.isEmpty else { continue }
      var record = ForeignRecord(tool: "novelai", raw: prompt)
      record.prompt = prompt
      record.model = chunks["Source"]
      take(["Title", "Generation time", "Comment"], of: chunks, into: &record)
      return record
    }
    return nil
  }

  private static func take(
    _ names: [String], of chunks: [String: String], into record: inout ForeignRecord
  ) {
    for name in names {
      record.set(A1111Reader.key(name), chunks[name].map(JSONValue.string))
    }
  }

  /// Whether the members show that it is from NovelAI.
  ///
  /// Draw Things has `uc` and `scale` too.
  private static func isOwn(_ values: [String: JSONValue]) -> Bool {
    guard values["c"] == nil else { return false }
    return values["v4_prompt"] != nil || values["uncond_scale"] != nil
      || (values["uc"] != nil && values["scale"] != nil && values["sampler"] != nil)
  }

  /// A prompt of version 4: one for the image, and one for each character.
  private struct Caption {
    let base: String?
    let characters: [String]

    init(_ json: JSONValue?) {
      let caption = json?["caption"]
      base = caption?["base_caption"]?.string
      characters = (caption?["char_captions"]?.elements ?? []).compactMap {
        $0["char_caption"]?.string
      }.filter { !$0.isEmpty }
    }
  }
}
