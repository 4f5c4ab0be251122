extension ForeignRecord {
  /// The readers, the most particular first: several tools borrow A1111's place for other contents.
  private static let tools: [@Sendable (ImageTexts) -> ForeignRecord?] = [
    StabilityMatrixReader.read, TensorArtReader.read, CivitaiReader.read, SwarmUIReader.read,
    ComfyUIReader.read, InvokeAIReader.read, NovelAIReader.read, FooocusReader.read,
    DrawThingsReader.read, EasyDiffusionReader.read, MochiReader.read, MidjourneyReader.read,
    NamedJSONReader.read, A1111Reader.read,
  ]

  /// What the first tool that knows its own text says; else a caption, else the plain words; nil if
  /// there are none.
  ///
  /// - Parameter hidden: reads the text that the pixels spell, asked only if no tool is known by
  ///   what the containers say.
  static func read(_ text: ImageTexts, hidden: () -> String? = { nil }) -> ForeignRecord? {
    if let record = tool(text) { return record }
    var text = text
    if text.stealth == nil { text.stealth = hidden() }
    if text.stealth != nil {
      // What hosts and editors write over a file is no reason not to believe its pixels.
      if let record = tool(ImageTexts(stealth: text.stealth)) { return record }
    }
    guard !text.isEmpty else { return nil }
    text.prepare()
    var record = CaptionReader.read(text) ?? PlainTextReader.read(text)
    if let maker = text.credentialsMaker {
      record = record ?? ForeignRecord(tool: maker, raw: "")
      record?.tool = maker
    }
    return record
  }

  private static func tool(_ text: ImageTexts) -> ForeignRecord? {
    guard !text.isEmpty else { return nil }
    var text = text
    text.prepare()
    return tools.lazy.compactMap { $0(text) }.first
  }
}
