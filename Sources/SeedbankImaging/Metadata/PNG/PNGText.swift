import CImageCodecs

/// The three kinds of text chunks of PNG (PNG 3, 11.3.3).
enum PNGText {
  static let xmpKeyword = "XML:com.adobe.xmp"

  static func isText(_ type: PNGChunk.Kind) -> Bool {
    type == .text || type == .compressedText || type == .internationalText
  }

  /// The keyword of a text chunk; nil when it has none.
  static func keyword(of chunk: PNGChunk, in bytes: UnsafeRawBufferPointer) -> String? {
    guard isText(chunk.type), let payload = bytes.part(chunk.payload),
      let end = payload.firstIndex(of: 0)
    else { return nil }
    return ForeignText.latin1(payload[..<end])
  }

  /// Keyword and text; nil when the chunk is malformed or does not inflate.
  static func read(
    _ chunk: PNGChunk, in bytes: UnsafeRawBufferPointer, _ budget: inout InflateBudget
  ) -> EmbeddedText? {
    guard let keyword = keyword(of: chunk, in: bytes), let payload = bytes.part(chunk.payload)
    else { return nil }
    // Latin-1: as many bytes as scalars, and then the zero.
    let body = Array(payload.dropFirst(keyword.unicodeScalars.count + 1))
    return text(of: chunk.type, body, &budget).map { EmbeddedText(keyword: keyword, text: $0) }
  }

  private static func text(
    of type: PNGChunk.Kind, _ body: [UInt8], _ budget: inout InflateBudget
  ) -> String? {
    switch type {
    case .text:
      return ForeignText.decode(body)
    case .compressedText:
      // One byte names the method, of which there is only zlib.
      return budget.inflate(body.dropFirst()).map(ForeignText.decode)
    default:
      // Flag, method, language, translated keyword, text.
      guard body.count >= 2, let language = body[2...].firstIndex(of: 0),
        let translated = body[(language + 1)...].firstIndex(of: 0)
      else { return nil }
      let text = body[(translated + 1)...]
      return body[0] == 0
        ? ForeignText.decode(text) : budget.inflate(text).map(ForeignText.decode)
    }
  }

  /// An iTXt chunk, uncompressed, without language: what XMP demands and all readers take.
  static func chunk(keyword: String, text: String) -> [UInt8] {
    // NUL would end the text for some readers.
    let clean = text.utf8.contains(0) ? text.filter { $0 != "\0" } : text
    let payload = Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(clean.utf8)
    return chunk(.internationalText, payload)
  }

  static func chunk(_ type: PNGChunk.Kind, _ payload: [UInt8]) -> [UInt8] {
    let checked = type.bytes + payload
    let crc = checked.withUnsafeBufferPointer { sb_crc32(0, $0.baseAddress, $0.count) }
    return payload.count.bigEndianBytes(4) + checked + Int(crc).bigEndianBytes(4)
  }
}
