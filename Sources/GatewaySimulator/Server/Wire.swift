import NIOCore
import NIOHTTP1

/// The header of a reply as bytes.
///
/// It does not use a library, so that a reply can be cut at any byte.
enum Wire {
  /// The framing of the body.
  enum Framing {
    case length(Int)
    case chunked
    /// By the end of the connection.
    case none
  }

  static func header(
    _ status: Int, _ headers: [(name: String, value: String)], _ framing: Framing, now: Double,
    keepAlive: Bool
  ) -> ByteBuffer {
    var text = "HTTP/1.1 \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n"
    text += "Date: \(HTTPDate.text(now))\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    switch framing {
    case .length(let length): text += "Content-Length: \(length)\r\n"
    case .chunked: text += "Transfer-Encoding: chunked\r\n"
    case .none: break
    }
    text += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n"
    return ByteBuffer(string: text)
  }

  /// A chunk with only this number of bytes.
  static func chunk(_ bytes: ArraySlice<UInt8>, announcing length: Int? = nil) -> ByteBuffer {
    var buffer = ByteBuffer(string: String(length ?? bytes.count, radix: 16) + "\r\n")
    buffer.writeBytes(bytes)
    if length == nil { buffer.writeString("\r\n") }
    return buffer
  }

  static let lastChunk = ByteBuffer(string: "0\r\n\r\n")
}
