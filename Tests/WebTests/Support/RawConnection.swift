import Dispatch
import Foundation
import Platform
import Synchronization

/// A TCP connection that does not interpret HTTP.
///
/// Its calls wait on a separate thread.
final class RawConnection: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "raw-connection")

  struct Failed: Error { let step: String, code: Int32 }

  /// - Parameter capacity: the bytes that the system receives for the connection in advance; nil for its default.
  init(port: Int, capacity: Int32? = nil) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var capacity {
      let length = socklen_t(MemoryLayout<Int32>.size)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &capacity, length)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    // A missing reply makes the test fail instead of blocking it.
    var patience = timeval(tv_sec: 90, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      Platform.close(descriptor)
      throw Failed(step: "connect", code: errno)
    }
    self.descriptor = descriptor
  }

  deinit { Platform.close(descriptor) }

  private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws
    -> Value
  {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }

  /// Sends bytes; a connection that the server has closed accepts none.
  func send(_ bytes: [UInt8]) async throws {
    try await onQueue { [descriptor] in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes {
          Platform.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Receives the next bytes; empty at the end.
  func receive() async throws -> [UInt8] {
    try await onQueue { [descriptor] in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno != ECONNRESET { throw Failed(step: "receive", code: errno) }
      return Array(buffer.prefix(max(count, 0)))
    }
  }

  /// Receives all bytes until the server closes the connection.
  func receiveAll() async throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let piece = try await receive()
      if piece.isEmpty { return all }
      all += piece
    }
  }

  /// Receives text until it contains `text`, or until the end.
  func receive(until text: String) async throws -> String {
    var all: [UInt8] = []
    while true {
      let soFar = String(decoding: all, as: UTF8.self)
      if soFar.contains(text) { return soFar }
      let piece = try await receive()
      if piece.isEmpty { return soFar }
      all += piece
    }
  }
}

/// The parts of a response.
struct RawReply {
  let status: Int
  let head: String
  let body: [UInt8]

  init(_ bytes: [UInt8]) {
    let mark = Array("\r\n\r\n".utf8)
    let end = bytes.firstRange(of: mark)
    head = String(decoding: bytes[..<(end?.lowerBound ?? bytes.count)], as: UTF8.self)
    body = end.map { Array(bytes[$0.upperBound...]) } ?? []
    status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  func header(_ name: String) -> String? {
    for line in head.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts[0].lowercased() == name.lowercased() { return String(parts[1].dropFirst()) }
    }
    return nil
  }

  func json() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
  }

  /// The code of the error in the response.
  var code: String? { ((try? json())?["error"] as? [String: Any])?["code"] as? String }
}
