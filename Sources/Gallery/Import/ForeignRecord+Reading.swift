extension ForeignRecord {
  /// The readers, the most particular first: several tools borrow A1111's place for other contents.
  private static let readers: [@Sendable (ImageTexts) -> ForeignRecord?] = [
    ComfyUIReader.read, InvokeAIReader.read, NovelAIReader.read, SwarmUIReader.read,
    FooocusReader.read, DrawThingsReader.read, A1111Reader.read, CaptionReader.read,
  ]

  /// What the first tool that knows its own hand says, or nil where none does.
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard !text.isEmpty else { return nil }
    for reader in readers {
      if let record = reader(text) { return record }
    }
    return nil
  }
}
