/// A caption and keywords of XMP or IPTC, as cameras, editors and stock agencies write them: what the
/// picture shows, which is the nearest thing to a prompt that such a file has.
enum CaptionReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let caption = text.caption?.trimmingWhitespace, !caption.isEmpty else { return nil }
    var record = ForeignRecord(tool: "caption", raw: caption)
    record.prompt = caption
    record.set("software", text.software.map(JSONValue.string))
    if !text.keywords.isEmpty {
      record.set("keywords", .array(text.keywords.map(JSONValue.string)))
    }
    return record
  }
}
