/// Summarizes a page for an error sentence.
enum PageText {
  /// The number of bytes of a page that are read.
  private static let limit = 8_192
  private static let shown = 80

  /// The title or the first heading of HTML, or the first line of plain text.
  static func summary(_ body: [UInt8]) -> String? {
    let page = Array(body.prefix(limit))
    let text = String(decoding: page, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    guard text.first == "<" else {
      return PrintableText.clean(String(text.prefix { !$0.isNewline }), limit: shown)
    }
    return element("title", in: page) ?? element("h1", in: page)
  }

  private static func element(_ name: String, in page: [UInt8]) -> String? {
    let lowercased = page.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let tag = ByteSearch.first(of: Array("<\(name)".utf8), in: lowercased, from: 0),
      let start = page[tag...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    let content = page[(start + 1)...].prefix { $0 != UInt8(ascii: "<") }
    return PrintableText.clean(String(decoding: content, as: UTF8.self), limit: shown)
  }
}
