import NIOCore

extension WireSpelling {
  /// The whole reply as bytes, written this way.
  func reply(_ reply: Reply, now: Double, keepAlive: Bool) -> ByteBuffer {
    var headers = reply.headers
    var body = ByteBuffer(bytes: reply.body)
    var framing = Wire.Framing.length(reply.body.count)
    switch self {
    case .lineFeeds, .informational: break
    case .folded: headers.append((name: "X-Trace", value: "first part;\r\n second part"))
    case .bothLengths:
      headers.append((name: "Content-Length", value: "7"))
      framing = .chunked
      body = Wire.chunk(reply.body[...])
      body.writeImmutableBuffer(Wire.lastChunk)
    case .gzip:
      let packed = GzipFile.stored(reply.body)
      headers.append((name: "Content-Encoding", value: "gzip"))
      framing = .length(packed.count)
      body = ByteBuffer(bytes: packed)
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

/// A gzip file (RFC 1952) around blocks that are stored rather than compressed (RFC 1951, 3.2.4).
enum GzipFile {
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xFFFF)
      rest = rest.dropFirst(0xFFFF)
      let length = UInt16(block.count)
      file += [rest.isEmpty ? 1 : 0]
      file += little(UInt32(length), 2) + little(UInt32(~length), 2) + block
    } while !rest.isEmpty
    return file + little(checksum(bytes), 4) + little(UInt32(truncatingIfNeeded: bytes.count), 4)
  }

  private static func little(_ number: UInt32, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}
