import NIOCore

extension WireSpelling {
  /// The whole reply as bytes, in this form.
  func reply(_ reply: Reply, now: Double, keepAlive: Bool) -> ByteBuffer {
    var headers = reply.headers
    var body = ByteBuffer(bytes: reply.body)
    var framing = Wire.Framing.length(reply.body.count)
    func pack(_ packed: [UInt8], _ encoding: String) {
      headers.append((name: "Content-Encoding", value: encoding))
      framing = .length(packed.count)
      body = ByteBuffer(bytes: packed)
    }
    switch self {
    case .lineFeeds, .informational, .slow: break
    case .folded: headers.append((name: "X-Trace", value: "first part;\r\n second part"))
    case .bothLengths:
      headers.append((name: "Content-Length", value: "7"))
      framing = .chunked
      body = Wire.chunk(reply.body[...])
      body.writeImmutableBuffer(Wire.lastChunk)
    case .gzip: pack(GzipFile.stored(reply.body), "gzip")
    case .deflate: pack(ZlibStream.stored(reply.body), "deflate")
    case .rawDeflate: pack(StoredBlocks.deflate(reply.body), "deflate")
    case .brotli: pack(StoredBlocks.brotli(reply.body), "br")
    }
    var text = String(
      buffer: Wire.header(reply.status, headers, framing, now: now, keepAlive: keepAlive))
    if self == .lineFeeds { text = text.replacing("\r\n", with: "\n") }
    if self == .informational {
      text =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
        + text
    }
    var whole = ByteBuffer(string: text)
    whole.writeImmutableBuffer(body)
    return whole
  }
}
