import Foundation
import Platform
import Synchronization

/// A server on loopback that answers with scripted bytes, which need not be valid HTTP.
///
/// Its blocking calls run on separate threads, so that a test's tasks never wait for them.
final class RawServer: Sendable {
  /// An action on a connection after a request has been read.
  enum Step: Sendable {
    case send(String)
    case sendBytes([UInt8])
    case close
    /// Closes the connection so that the client gets a reset.
    case reset
    /// Sends nothing more until the client closes the connection.
    case hang
    /// Sends the same text repeatedly until the client closes the connection.
    case endless(String)
    /// Any other action; it receives the connection's socket.
    case act(@Sendable (CInt) -> Void)
  }

  /// A request with the bytes that arrived.
  struct Request: Sendable {
    /// The number of the connection, from 1.
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

  /// The actions after each request.
  struct Script: Sendable {
    let steps: @Sendable (Request) -> [Step]

    init(_ steps: @escaping @Sendable (Request) -> [Step]) {
      self.steps = steps
    }

    /// Returns a script with the same actions after every request.
    static func always(_ steps: Step...) -> Script { Script { _ in steps } }
  }

  let port: Int
  private let listener: ServerSocket
  private let log = Mutex<[Request]>([])
  private let open = Mutex<(count: Int, sockets: Set<CInt>)>((0, []))

  private init() throws {
    listener = try ServerSocket()
    port = listener.port
  }

  var base: String { "http://127.0.0.1:\(port)" }
  /// All requests so far.
  var requests: [Request] { log.withLock { $0 } }
  /// The number of connections so far.
  var connections: Int { open.withLock { $0.count } }

  /// Runs a server until `body` returns.
  ///
  /// - Parameter isHangingUp: whether each connection is closed as soon as it is made.
  @discardableResult
  static func run<Result>(
    _ script: Script, isHangingUp: Bool = false, _ work: (RawServer) async throws -> Result
  ) async throws -> Result {
    let server = try RawServer()
    Thread.detachNewThread { server.accept(script, isHangingUp) }
    defer { server.stop() }
    return try await work(server)
  }

  private func accept(_ script: Script, _ isHangingUp: Bool) {
    while let socket = listener.accept() {
      let number = open.withLock { open in
        open.count += 1
        open.sockets.insert(socket)
        return open.count
      }
      Thread.detachNewThread { [self] in
        if !isHangingUp { serve(number, socket, script) }
        open.withLock { open in
          open.sockets.remove(socket)
          Platform.close(socket)
        }
      }
    }
  }

  private func stop() {
    listener.stop()
    // The threads of the connections wake up and close them.
    open.withLock { for socket in $0.sockets { shutdown(socket, CInt(SHUT_RDWR)) } }
  }

  private func serve(_ number: Int, _ socket: CInt, _ script: Script) {
    var pending: [UInt8] = []
    while let part = ServerSocket.receive(socket) {
      pending += part
      while let request = Self.take(from: &pending, connection: number) {
        log.withLock { $0.append(request) }
        for step in script.steps(request) {
          guard perform(step, socket) else { return }
        }
      }
    }
  }

  /// Returns false when the connection has ended.
  private func perform(_ step: Step, _ socket: CInt) -> Bool {
    switch step {
    case .send(let text): return ServerSocket.send(Array(text.utf8), socket)
    case .sendBytes(let bytes): return ServerSocket.send(bytes, socket)
    case .close: return false
    case .reset:
      ServerSocket.resetOnClose(socket)
      return false
    case .hang:
      while ServerSocket.receive(socket) != nil {}
      return false
    case .endless(let text):
      let bytes = Array(text.utf8)
      while ServerSocket.send(bytes, socket) {}
      return false
    case .act(let act):
      act(socket)
      return true
    }
  }

  private static func take(from pending: inout [UInt8], connection: Int) -> Request? {
    guard let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
    let probe = Request(connection: connection, head: head, body: "")
    let length = probe.header("Content-Length").flatMap { Int($0) } ?? 0
    let rest = pending[end.upperBound...]
    guard rest.count >= length else { return nil }
    let body = String(decoding: rest.prefix(length), as: UTF8.self)
    pending = Array(rest.dropFirst(length))
    return Request(connection: connection, head: head, body: body)
  }
}

extension RawServer.Step {
  /// A complete reply; the connection stays open.
  static func reply(_ status: Int, _ body: String = "", _ headers: String...) -> Self {
    let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + headers
    return .send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// A complete reply with bytes as its body.
  static func reply(_ body: [UInt8], _ headers: String...) -> Self {
    let lines = ["HTTP/1.1 200 OK", "Content-Length: \(body.count)"] + headers
    return .sendBytes(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
  }
}
