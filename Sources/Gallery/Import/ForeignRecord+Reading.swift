extension ForeignRecord {
  /// The readers, the most particular first: several tools borrow A1111's place for other contents.
  private static let tools: [@Sendable (ImageTexts) -> ForeignRecord?] = [
    ComfyUIReader.read, InvokeAIReader.read, NovelAIReader.read, SwarmUIReader.read,
    FooocusReader.read, DrawThingsReader.read, A1111Reader.read,
  ]

  /// What the first tool that knows its own hand says; else a caption, else the bare words; nil where
  /// there are none.
  ///
  /// - Parameter hidden: reads the text that the pixels spell, asked only where no tool is known by
  ///   what the containers say.
  static func read(_ text: ImageTexts, hidden: () -> String? = { nil }) -> ForeignRecord? {
    if let record = tool(text) { return record }
    var text = text
    if text.stealth == nil { text.stealth = hidden() }
    if text.stealth != nil {
      // What hosts and editors write over a file is no reason not to believe its pixels.
      if let record = tool(ImageTexts(stealth: text.stealth)) { return record }
    }
    return text.isEmpty ? nil : CaptionReader.read(text) ?? PlainTextReader.read(text)
  }

  private static func tool(_ text: ImageTexts) -> ForeignRecord? {
    guard !text.isEmpty else { return nil }
    return tools.lazy.compactMap { $0(text) }.first
  }
}
