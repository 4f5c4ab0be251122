import NIOCore
import NIOEmbedded
import Testing

@testable import SeedbankWeb

@Suite("Clients with a slow connection") struct SlowClientTests {
  private let limits = ServerLimits()
  private let client = SlowClient()

  /// Runs `body` with a connection whose clock only the test advances.
  private func withConnection(
    to service: FixedService, _ body: (EmbeddedChannel) throws -> Void
  ) throws {
    let channel = EmbeddedChannel(handlers: [client, ConnectionHandler(service, limits: limits)])
    defer {
      client.receive(.max)
      _ = try? channel.finish(acceptAlreadyClosed: true)
    }
    channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    try body(channel)
  }

  private var nearlyTheLimit: TimeAmount { .milliseconds(limits.idleMilliseconds - 1) }

  private func send(_ text: String, _ channel: EmbeddedChannel) throws {
    try channel.writeInbound(ByteBuffer(string: text))
  }

  @Test("a client that receives each piece of a response in time gets the whole response")
  func slowReceiving() throws {
    let body = [UInt8](repeating: 0x2E, count: 3 * ConnectionHandler.pieceBytes)
    try withConnection(to: FixedService(body: body)) { channel in
      try send("GET / HTTP/1.1\r\nHost: a\r\n\r\n", channel)
      for _ in 0..<3 {
        channel.embeddedEventLoop.advanceTime(by: nearlyTheLimit)
        #expect(channel.isActive)
        client.receive(ConnectionHandler.pieceBytes)
      }
      client.receive(ConnectionHandler.pieceBytes)
      let reply = RawReply(client.written)
      #expect(reply.status == 200 && reply.body == body)
      #expect(channel.isActive)
    }
  }

  @Test("a client that receives no more of a response is disconnected")
  func noReceiving() throws {
    let body = [UInt8](repeating: 0x2E, count: 3 * ConnectionHandler.pieceBytes)
    try withConnection(to: FixedService(body: body)) { channel in
      try send("GET / HTTP/1.1\r\nHost: a\r\n\r\n", channel)
      client.receive(ConnectionHandler.pieceBytes)
      channel.embeddedEventLoop.advanceTime(by: nearlyTheLimit)
      #expect(channel.isActive)
      channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
      #expect(!channel.isActive)
    }
  }

  @Test(
    "a body that arrives in large parts is read, and one that arrives in small parts is refused",
    arguments: [(128 << 10, 200), (16 << 10, 408)])
  func slowBody(_ part: Int, _ status: Int) throws {
    try withConnection(to: FixedService(body: [])) { channel in
      try send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(4 * part)\r\n\r\n", channel)
      for _ in 0..<4 {
        channel.embeddedEventLoop.advanceTime(by: nearlyTheLimit)
        guard channel.isActive else { break }
        try send(String(repeating: " ", count: part), channel)
      }
      #expect(RawReply(client.written).status == status)
    }
  }
}

/// A client that receives what is sent to it only when the test says so.
private final class SlowClient: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer

  /// All bytes that the server has written.
  private(set) var written: [UInt8] = []
  /// The writes of which the client has not received everything.
  private var waiting: [(bytes: Int, promise: EventLoopPromise<Void>?)] = []

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let buffer = unwrapOutboundIn(data)
    written += buffer.readableBytesView
    waiting.append((buffer.readableBytes, promise))
  }

  /// Receives the next bytes; a write is done with its last byte.
  func receive(_ count: Int) {
    var rest = count
    while rest > 0, let next = waiting.first {
      let received = min(rest, next.bytes)
      rest -= received
      if received < next.bytes {
        waiting[0].bytes -= received
      } else {
        waiting.removeFirst()
        // The server may write more now.
        next.promise?.succeed()
      }
    }
  }
}

/// A service that always gives the same response.
private struct FixedService: RequestService {
  let body: [UInt8]

  func admission(of head: RequestHead, isOwnUser: () -> Bool) -> Response? { nil }

  func respond(to request: Request, on loop: any EventLoop) -> EventLoopFuture<Response> {
    loop.makeSucceededFuture(Response(status: 200, body: .bytes(body)))
  }

  func read(
    _ file: OpenFile, at offset: Int64, count: Int, on loop: any EventLoop
  ) -> EventLoopFuture<[UInt8]> {
    loop.makeSucceededFuture(file.read(at: offset, count: count))
  }

  func subscribe(
    after number: Int64?, deliver: @escaping @Sendable (String) -> Void
  ) -> EventSubscription? { nil }

  func date() -> String { "Thu, 05 Nov 2026 08:04:59 GMT" }
}
