import Foundation
import Platform

/// A listening socket on a free port of 127.0.0.1, with blocking calls.
struct ServerSocket: Sendable {
  let port: Int
  private let number: CInt

  struct Failed: Error {
    let call: String
    let error: CInt
  }

  init() throws {
    number = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw Failed(call: "socket", error: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = number
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, size) == 0 && listen(number, 256) == 0
          && getsockname(number, $0, &size) == 0
      }
    }
    guard bound else { throw Failed(call: "bind", error: errno) }
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  /// Accepts a connection; nil after the socket was stopped, which closes it.
  func accept() -> CInt? {
    let socket = Platform.accept(number, nil, nil)
    if socket >= 0 {
      _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
      return socket
    }
    if errno == EINTR || errno == ECONNABORTED { return accept() }
    close(number)
    return nil
  }

  func stop() { shutdown(number, CInt(SHUT_RDWR)) }

  /// Receives bytes; nil at the end.
  static func receive(_ socket: CInt) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  static func send(_ bytes: [UInt8], _ socket: CInt) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Platform.send(
          socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent, CInt(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// Sends the bytes that fit at once; nil if none fit.
  static func sendSome(_ bytes: [UInt8], _ socket: CInt) -> Int? {
    let count = Platform.send(
      socket, bytes, bytes.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
    return count > 0 ? count : nil
  }

  /// Returns whether the other side has read nothing for a second.
  static func isFull(_ socket: CInt) -> Bool {
    var question = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
    return poll(&question, 1, 1000) == 0
  }

  /// Returns a port that was free a moment ago, for a server that cannot choose a port itself.
  static func freePort() throws -> Int {
    let socket = try ServerSocket()
    close(socket.number)
    return socket.port
  }

  /// Returns whether a connection to the port can be made.
  static func answers(_ port: Int) -> Bool {
    let client = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    defer { close(client) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  static func resetOnClose(_ socket: CInt) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }
}
