/// A caption and keywords of XMP or IPTC from cameras, editors and stock agencies.
///
/// They describe the image and are used as the prompt, unless XMP contains the prompt.
enum CaptionReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    let caption = text.caption?.trimmingWhitespace ?? ""
    let asked = text.promptInformation?.trimmingWhitespace ?? ""
    guard !caption.isEmpty || !asked.isEmpty || !text.keywords.isEmpty else { return nil }
    let words = asked.isEmpty ? caption : asked
    var record = ForeignRecord(
      tool: "caption", raw: words.isEmpty ? text.keywords.joined(separator: ", ") : words)
    record.prompt = words
    if !asked.isEmpty, asked != caption { record.set("caption", .string(caption)) }
    record.model = text.system
    record.set("software", text.software.map(JSONValue.string))
    if !text.keywords.isEmpty {
      record.set("keywords", .array(text.keywords.map(JSONValue.string)))
    }
    return record
  }
}
