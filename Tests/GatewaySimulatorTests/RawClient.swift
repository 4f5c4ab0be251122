import FoundationEssentials
import GatewaySimulator
import NIOCore
import NIOPosix
import Platform

/// All bytes that arrived over one connection.
struct RawReply {
  var bytes: [UInt8] = []
  /// Whether the connection failed instead of being closed.
  var broken = false

  private var split: Int? {
    let mark = Array("\r\n\r\n".utf8)
    return bytes.indices.dropLast(3).first { bytes[$0..<$0 + 4].elementsEqual(mark) }
  }

  var head: String { String(decoding: bytes[..<(split ?? bytes.count)], as: UTF8.self) }
  var body: [UInt8] { split.map { Array(bytes[($0 + 4)...]) } ?? [] }
  var text: String { String(decoding: body, as: UTF8.self) }
  /// The status; nil if the head is incomplete.
  var status: Int? {
    guard split != nil else { return nil }
    let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
    return words.count > 1 ? Int(words[1]) : nil
  }

  func header(_ name: String) -> String? {
    for line in head.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == name.lowercased() {
        return String(parts[1].drop { $0 == " " })
      }
    }
    return nil
  }

  /// Whether the body is as long as announced.
  var complete: Bool {
    if let length = header("Content-Length").flatMap({ Int($0) }) { return body.count == length }
    if header("Transfer-Encoding") == "chunked" { return text.hasSuffix("0\r\n\r\n") }
    return status != nil
  }

  func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(body))
  }
}

/// A client that writes requests as text and does not interpret HTTP.
struct RawClient {
  var port: Int
  var key: String? = SimulatedGateway.defaultKey

  init(_ gateway: SimulatedGateway, key: String? = SimulatedGateway.defaultKey) {
    port = gateway.port
    self.key = key
  }

  init(port: Int) { self.port = port }

  /// Sends bytes and reads until the other side ends, or until `limit` bytes have arrived.
  func exchange(_ request: String, limit: Int = .max) async throws -> RawReply {
    var reply = RawReply()
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    do { channel = try await connect() } catch let error as NIOConnectionError {
      // A reset can arrive before the client has noticed that it is connected.
      let codes = error.connectionErrors.map { ($0.error as? IOError)?.errnoCode }
      guard codes.contains(ECONNRESET) else { throw error }
      reply.broken = true
      return reply
    }
    do {
      reply.bytes = try await channel.executeThenClose { inbound, outbound in
        var bytes: [UInt8] = []
        do {
          try await outbound.write(ByteBuffer(string: request))
          for try await buffer in inbound {
            bytes += buffer.readableBytesView
            if bytes.count >= limit { break }
          }
        } catch { throw Broken(bytes: bytes) }
        return bytes
      }
    } catch let error as Broken {
      reply.bytes = error.bytes
      reply.broken = true
    }
    return reply
  }

  private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
  }

  private struct Broken: Error { var bytes: [UInt8] }

  func post(_ path: String, _ body: String) async throws -> RawReply {
    let key = key.map { "Ocp-Apim-Subscription-Key: \($0)\r\n" } ?? ""
    return try await exchange(
      "POST \(path) HTTP/1.1\r\nHost: localhost\r\n\(key)Content-Type: application/json\r\n"
        + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
  }

  func submit(_ body: String) async throws -> RawReply {
    try await post("/byteplus/v1/getTextToImage", body)
  }

  func submit(prompt: String = "a cat", seed: Int = 7, _ more: String = "") async throws
    -> RawReply
  {
    try await submit(#"{"prompt": "\#(prompt)", "seed": \#(seed), "size": "512x512"\#(more)}"#)
  }

  func poll(_ job: String) async throws -> RawReply {
    try await post("/ai-model-api-polling/getGenerationResults", #"{"job_set_id": "\#(job)"}"#)
  }

  /// Requests a URL, without the key unless `headers` contains it.
  func get(_ url: String, headers: String = "", limit: Int = .max) async throws -> RawReply {
    let target = url.hasPrefix("http") ? "/" + url.split(separator: "/", maxSplits: 2)[2] : url
    return try await exchange(
      "GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(headers)Connection: close\r\n\r\n",
      limit: limit)
  }

  /// Submits a request and returns the address of the first image.
  func offered(prompt: String = "a cat", seed: Int = 7) async throws -> String {
    try await submit(prompt: prompt, seed: seed).json(GoodReply.self).data[0].url ?? ""
  }
}

/// A submit's reply in the documented form.
struct GoodReply: Decodable {
  struct Element: Decodable {
    var url: String?
    var base64: String?

    private enum CodingKeys: String, CodingKey {
      case url
      case base64 = "b64_json"
    }
  }

  struct Usage: Decodable {
    var outputTokens: Int

    private enum CodingKeys: String, CodingKey { case outputTokens = "output_tokens" }
  }

  var data: [Element]
  var usage: Usage?
}

/// Starts a gateway, and stops it also if the body throws.
@discardableResult
func withGateway<Result>(
  _ rules: Rule..., seed: UInt64? = nil, latency: Double = 0, ledgerPath: String? = nil,
  now: @escaping @Sendable () -> Double = SimulatedGateway.systemClock,
  _ body: (SimulatedGateway) async throws -> Result
) async throws -> Result {
  let gateway = try await SimulatedGateway.start(
    script: Script(rules, seed: seed), latency: latency, ledgerPath: ledgerPath, now: now)
  do {
    let result = try await body(gateway)
    await gateway.stop()
    return result
  } catch {
    await gateway.stop()
    throw error
  }
}
