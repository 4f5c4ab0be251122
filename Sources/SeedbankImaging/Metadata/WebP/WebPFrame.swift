/// One frame of an animated WebP (RFC 9649, 2.7.1.5).
struct WebPFrame {
  /// The number of bytes before the frame's own chunks: position, size, duration, flags.
  static let headerLength = 16

  let x: Int
  let y: Int
  let width: Int
  let height: Int
  /// The frame's own chunks: ALPH, VP8, VP8L and others.
  let chunks: [WebPChunk]

  init?(_ chunk: WebPChunk, in bytes: UnsafeRawBufferPointer) {
    let start = chunk.payload.lowerBound
    guard chunk.payload.count >= Self.headerLength,
      let x = bytes.littleEndian(at: start, bytes: 3),
      let y = bytes.littleEndian(at: start + 3, bytes: 3),
      let width = bytes.littleEndian(at: start + 6, bytes: 3),
      let height = bytes.littleEndian(at: start + 9, bytes: 3)
    else { return nil }
    self.x = x * 2
    self.y = y * 2
    self.width = width + 1
    self.height = height + 1
    chunks = WebPLayout.chunks(
      in: start + Self.headerLength..<chunk.payload.upperBound, of: bytes)
  }

  func fits(_ canvasWidth: Int, _ canvasHeight: Int) -> Bool {
    x + width <= canvasWidth && y + height <= canvasHeight
  }

  /// The frame as a separate still file for libwebp's simple decoder.
  func asFile(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let image = chunks.filter { [.alpha, .lossy, .lossless].contains($0.type) }
    var body = Array("WEBP".utf8)
    if image.contains(where: { $0.type == .alpha }) {
      body += WebPExtendedHeader(width: width, height: height, flags: WebPFlags.alpha).chunk
    }
    for chunk in image {
      body += bytes[chunk.range]
      if !chunk.range.count.isMultiple(of: 2) { body.append(0) }
    }
    return Array("RIFF".utf8) + body.count.littleEndianBytes(4) + body
  }
}
