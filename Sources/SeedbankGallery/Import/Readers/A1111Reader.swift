/// The text of AUTOMATIC1111's web UI, Forge, SD.Next, Civitai and others: the prompt, a line `Negative
/// prompt: …`, and a line of `Name: value` pairs that starts with `Steps`.
enum A1111Reader {
  /// The first text of this form, with the text of the Extras tab beside it.
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    let extras = ["extras", "postprocessing"].compactMap { text.chunks[$0] }
    guard var record = text.parameterTexts.lazy.compactMap(read).first else { return nil }
    for extra in extras where record.raw != extra {
      for (name, value) in A1111Pairs.all(extra[...]) where record.settings[key(name)] == nil {
        record.set(key(name), .string(value))
      }
    }
    if record.tool == "a1111", record.seed == nil { keepOtherTexts(of: text, in: &record) }
    return record
  }

  /// Prompts without a seed may be pasted text, so texts of other programs are kept too.
  private static func keepOtherTexts(of text: ImageTexts, in record: inout ForeignRecord) {
    let others = PlainTextReader.read(text)?.settings ?? [:]
    let own = JSONValue.string(record.raw)
    record.settings.merge(others.filter { $0.value != own }) { ours, _ in ours }
  }

  /// The record of one text; nil if it does not have this form.
  static func read(_ raw: String) -> ForeignRecord? {
    guard !isJSON(raw) else { return nil }
    if let pairs = A1111Pairs.extras(raw) { return extras(raw, pairs) }
    guard let (start, isInline) = A1111Pairs.start(in: raw) else { return wordsAlone(raw) }
    var record = ForeignRecord(tool: "a1111", raw: raw)
    let (prompt, negative) = splitNegative(raw[..<start], inline: isInline)
    record.prompt = prompt
    record.setNegativePrompt(negative)
    take(raw[start...], into: &record)
    record.setLoRAs(inPrompt: prompt)
    record.tool = tool(record)
    return record
  }

  /// Both prompts without a line of pairs, as in pasted texts; nil if the second one is missing.
  private static func wordsAlone(_ raw: String) -> ForeignRecord? {
    guard raw.mentions("egative prompt:") else { return nil }
    let (prompt, negative) = splitNegative(raw[...])
    guard !negative.isEmpty else { return nil }
    var record = ForeignRecord(tool: "a1111", raw: raw)
    record.prompt = prompt
    record.setNegativePrompt(negative)
    record.setLoRAs(inPrompt: prompt)
    return record
  }

  /// A prompt can start with a brace too.
  private static func isJSON(_ raw: String) -> Bool {
    raw.utf8.first == UInt8(ascii: "{") && raw.utf8.last { $0 > 0x20 } == UInt8(ascii: "}")
      && JSONValue(parsing: raw) != nil
  }

  /// The texts before and after the line that starts with `Negative prompt:`.
  ///
  /// - Parameter inline: whether the text lost its line feeds, so that the mark can be within a line.
  static func splitNegative(
    _ words: Substring, inline: Bool = false
  ) -> (prompt: String, negative: String) {
    let mark = "negative prompt:"
    var start = words.startIndex
    while true {
      let line = words[start...]
      if line.prefix(mark.count).lowercased() == mark {
        return (words[..<start].trimmingWhitespace, line.dropFirst(mark.count).trimmingWhitespace)
      }
      guard let end = line.firstNewline else { break }
      start = words.index(after: end)
    }
    if inline, let range = words.firstRange(of: "Negative prompt:") {
      return (
        words[..<range.lowerBound].trimmingWhitespace,
        words[range.upperBound...].trimmingWhitespace
      )
    }
    return (words.trimmingWhitespace, "")
  }

  /// A name in the form of settings: lower-case letters and digits, and `_` for all others.
  static func key(_ name: String) -> String {
    let key = name.withASCII { bytes in
      let letters = bytes.map { byte in
        byte.isASCIILetter || byte.isASCIIDigit ? byte.lowercased : UInt8(ascii: "_")
      }
      return String(decoding: letters, as: UTF8.self)
    }
    return key ?? String(name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// Takes the pairs and the lines after them.
  ///
  /// If a name occurs twice, the first value is used, because the lines after the pairs describe
  /// the template of the prompt.
  private static func take(_ tail: Substring, into record: inout ForeignRecord) {
    let (pairs, templates) = A1111Pairs.splitTemplates(tail)
    var values: [String: JSONValue] = [:]
    for (name, value) in A1111Pairs.all(pairs) where values[name] == nil {
      values[name] = .string(value)
    }
    // The prompts are above. Pairs of extensions have the same names.
    for name in values.keys.sorted()
    where ["prompt", "negativeprompt"].contains(ForeignRecord.folded(name)) {
      record.set(key(name) + "_pair", values.removeValue(forKey: name))
    }
    if let hashes = values.removeValue(forKey: "Lora hashes")?.string {
      record.set(
        "loras",
        .array(hashes.split(separator: ",").map { .string($0.trimmingWhitespace) }))
    }
    // Civitai writes the family of models, such as `Illustrious`, and not the name of a model.
    let isCivitai = values["Civitai resources"] != nil
    for name in values.keys.sorted()
    where name == "baseModel" || isCivitai && ForeignRecord.folded(name) == "basemodel" {
      record.set("base_model", values.removeValue(forKey: name))
    }
    record.take(values)
    if record.model == nil { record.model = checkpoint(record.settings["civitai_resources"]) }
    for (name, value) in templates { record.set(key(name), .string(value)) }
  }

  /// The checkpoint that Civitai's list of resources names.
  private static func checkpoint(_ list: JSONValue?) -> String? {
    let resources = list?.string.flatMap(JSONValue.init(parsing:))?.elements ?? []
    return resources.first { $0["type"]?.string?.lowercased() == "checkpoint" }?["modelName"]?
      .string
  }

  private static func tool(_ record: ForeignRecord) -> String {
    let version = record.settings["version"]?.string
    if version == "ComfyUI" { return "comfyui" }
    if version == nil, record.settings["civitai_resources"] != nil { return "civitai" }
    return "a1111"
  }

  private static func extras(
    _ raw: String, _ pairs: [(name: String, value: String)]
  ) -> ForeignRecord {
    var record = ForeignRecord(tool: "a1111", raw: raw)
    for (name, value) in pairs {
      let key = key(name)
      // "Model" is the model of the upscaler.
      record.set(key.hasPrefix("postprocess") ? key : "postprocess_" + key, .string(value))
    }
    return record
  }
}
