import CImageCodecs

/// The three kinds of text chunks of PNG (PNG 3, 11.3.3), and ComfyUI's own kind.
enum PNGText {
  static let xmpKeyword = "XML:com.adobe.xmp"

  static func isText(_ type: PNGChunk.Kind) -> Bool {
    [.text, .compressedText, .internationalText, .comfyGraph].contains(type)
  }

  /// The keyword of a text chunk; nil without one.
  static func keyword(of chunk: PNGChunk, in bytes: UnsafeRawBufferPointer) -> String? {
    guard isText(chunk.type), let payload = bytes.part(chunk.payload),
      let end = payload.firstIndex(of: 0)
    else { return nil }
    return ForeignText.latin1(payload[..<end])
  }

  /// Keyword and text; nil if the chunk is damaged or cannot be decompressed.
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
    case .text, .comfyGraph:
      return ForeignText.decode(body)
    case .compressedText:
      // One byte is the method, which is always zlib.
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

  /// An iTXt chunk, uncompressed and without language.
  ///
  /// XMP requires this form, and all programs can read it.
  static func chunk(keyword: String, text: String) -> [UInt8] {
    // NUL ends the text for some programs.
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
