extension ForeignRecord {
  /// The readers, the most specific first, because several tools write other content in the place of
  /// A1111.
  private static let tools: [@Sendable (ImageTexts) -> ForeignRecord?] = [
    StabilityMatrixReader.read, TensorArtReader.read, CivitaiReader.read, SwarmUIReader.read,
    ComfyUIReader.read, InvokeAIReader.read, NovelAIReader.read, FooocusReader.read,
    DrawThingsReader.read, EasyDiffusionReader.read, MochiReader.read, MidjourneyReader.read,
    NamedJSONReader.read, A1111Reader.read,
  ]

  /// Returns the record of the first reader that recognizes its text, or else a caption, or else the
  /// plain texts; nil without a text.
  ///
  /// - Parameter hidden: reads the text hidden in the pixels; called only if no tool is recognized in the
  ///   containers.
  static func read(_ text: ImageTexts, hidden: () -> String? = { nil }) -> ForeignRecord? {
    if let record = tool(text) { return record }
    var text = text
    if text.stealth == nil { text.stealth = hidden() }
    if text.stealth != nil {
      // Hosts and editors may replace the metadata, but not the pixels.
      if let record = tool(ImageTexts(stealth: text.stealth)) { return record }
    }
    guard !text.isEmpty else { return nil }
    text.prepare()
    if let record = NovelAIReader.withoutComment(text) { return record }
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
