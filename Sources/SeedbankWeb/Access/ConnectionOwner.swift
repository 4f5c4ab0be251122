import FilePaths
import NIOCore
import Platform

/// The user whose program opened a connection.
enum ConnectionOwner {
  /// Whether the client is a program of the user who runs the server.
  ///
  /// Linux lists all TCP sockets of this computer with their users (proc_pid_net(5)). The result is false if the
  /// client is on another computer, or if the system has no such list.
  static func isOwnUser(client: SocketAddress?, server: SocketAddress?) -> Bool {
    guard let client = client.flatMap(Endpoint.init), let server = server.flatMap(Endpoint.init),
      client.list == server.list, let file = OpenFile(client.list)
    else { return false }
    let list = String(decoding: file.read(at: 0, count: longestList), as: UTF8.self)
    return user(of: client.text, connectedTo: server.text, in: list) == geteuid()
  }

  /// Bytes of the list that are read, for about 50,000 sockets.
  private static let longestList = 8 << 20

  /// The user of a socket in the list; nil if it is not connected.
  static func user(of socket: String, connectedTo peer: String, in list: String) -> uid_t? {
    for line in list.split(separator: "\n").dropFirst() {
      // A number, the socket, its peer, the state, queues, timers, retries, the user, …
      let columns = line.split(separator: " ", maxSplits: 8)
      // A socket that was closed has no user, and is listed with that of root.
      guard columns.count > 7, columns[1] == socket, columns[2] == peer, columns[3] == "01" else {
        continue
      }
      return uid_t(columns[7])
    }
    return nil
  }

  /// An address and a port as in the list.
  private struct Endpoint {
    let list: FilePath
    let text: String

    /// Nil for an address without a port.
    init?(_ address: SocketAddress) {
      switch address {
      case .v4(let end):
        list = "/proc/net/tcp"
        text = Self.text(end.address.sin_addr, end.address.sin_port)
      case .v6(let end):
        list = "/proc/net/tcp6"
        text = Self.text(end.address.sin6_addr, end.address.sin6_port)
      case .unixDomainSocket: return nil
      }
    }

    /// The words of an address are written as numbers of this computer, without regard to their byte order.
    private static func text<Address>(_ address: Address, _ port: in_port_t) -> String {
      let words = withUnsafeBytes(of: address) { bytes in
        stride(from: 0, to: bytes.count, by: 4).map { start in
          bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
        }
      }
      let number = UInt32(in_port_t(bigEndian: port))
      return words.map { hex($0, digits: 8) }.joined() + ":" + hex(number, digits: 4)
    }

    private static func hex(_ number: UInt32, digits: Int) -> String {
      let text = String(number, radix: 16, uppercase: true)
      return String(repeating: "0", count: digits - text.count) + text
    }
  }
}
