import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that answers with bytes as scripted, well formed or not.
final class RawServer: Sendable {
  /// One thing done on a connection after a request was read.
  enum Step: Sendable {
    case send(String)
    case close
    /// Nothing more, until the client goes.
    case hang
    /// The same text again and again, until the client goes.
    case endless(String)
  }

  /// A request as it came over the wire.
  struct Request: Sendable {
    /// Connections are counted from 1.
    let connection: Int
    let head: String
    let body: String

    var target: String { String(head.split(separator: " ").dropFirst().first ?? "") }

    func header(_ name: String) -> String? {
      for line in head.split(separator: "\r\n").dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts[0].lowercased() == name.lowercased() {
          return parts.dropFirst().first.map { $0.trimmingPrefix(" ").description }
        }
      }
      return nil
    }
  }

  /// What is done after each request.
  struct Script: Sendable {
    let steps: @Sendable (Request) -> [Step]

    init(_ steps: @escaping @Sendable (Request) -> [Step]) {
      self.steps = steps
    }

    /// The same after every request.
    static func always(_ steps: Step...) -> Script { Script { _ in steps } }
  }

  private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  let port: Int
  private let log = Mutex<[Request]>([])
  private let accepted = Mutex(0)

  private init(port: Int) {
    self.port = port
  }

  var base: String { "http://127.0.0.1:\(port)" }
  /// Every request so far.
  var requests: [Request] { log.withLock { $0 } }
  /// Connections made so far.
  var connections: Int { accepted.withLock { $0 } }

  /// Serves as long as the work goes on.
  ///
  /// - Parameter isHangingUp: Closes each connection as soon as it is made.
  @discardableResult
  static func run<Result: Sendable>(
    _ script: Script, isHangingUp: Bool = false,
    _ work: @escaping @Sendable (RawServer) async throws -> Result
  ) async throws -> Result {
    let listening = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      // A wrapped channel that nobody comes to serve would end the process.
      .bind(host: "127.0.0.1", port: 0) { $0.eventLoop.makeSucceededFuture($0) }
    let server = RawServer(port: listening.channel.localAddress?.port ?? 0)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try? await listening.executeThenClose { inbound in
          try await withThrowingDiscardingTaskGroup { connections in
            for try await channel in inbound {
              let number = server.accepted.withLock { count in
                count += 1
                return count
              }
              connections.addTask {
                let connection = try await channel.eventLoop.submit {
                  try Connection(wrappingChannelSynchronously: channel)
                }.get()
                try? await connection.executeThenClose { inbound, outbound in
                  if isHangingUp { return }
                  try await channel.setOption(.autoRead, value: true).get()
                  try await server.serve(number, inbound, outbound, script)
                }
              }
            }
          }
        }
      }
      defer { group.cancelAll() }
      return try await work(server)
    }
  }

  private func serve(
    _ number: Int, _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>, _ script: Script
  ) async throws {
    var pending = ""
    var parts = inbound.makeAsyncIterator()
    while let part = try await parts.next() {
      pending += String(buffer: part)
      while let request = Self.take(from: &pending, connection: number) {
        log.withLock { $0.append(request) }
        for step in script.steps(request) {
          switch step {
          case .send(let text): try await outbound.write(ByteBuffer(string: text))
          case .close: return
          case .hang: while try await parts.next() != nil {}
          case .endless(let text):
            while true { try await outbound.write(ByteBuffer(string: text)) }
          }
        }
      }
    }
  }

  private static func take(from pending: inout String, connection: Int) -> Request? {
    guard let end = pending.firstRange(of: "\r\n\r\n") else { return nil }
    let head = String(pending[..<end.lowerBound])
    let probe = Request(connection: connection, head: head, body: "")
    let length = probe.header("Content-Length").flatMap { Int($0) } ?? 0
    let rest = Array(pending[end.upperBound...].utf8)
    guard rest.count >= length else { return nil }
    pending = String(decoding: rest.dropFirst(length), as: UTF8.self)
    let body = String(decoding: rest.prefix(length), as: UTF8.self)
    return Request(connection: connection, head: head, body: body)
  }
}

extension RawServer.Step {
  /// A whole reply, of which the connection stays open.
  static func reply(_ status: Int, _ body: String = "", _ headers: String...) -> Self {
    let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + headers
    return .send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }
}
