import FilePaths
import Platform
import SeedbankWeb

/// The address of a server for the browser.
struct ServerAddress {
  /// Without the token.
  let page: String
  private let token: AccessToken

  init(host: String, port: Int, token: AccessToken) {
    // A server that listens on all addresses is opened with the address of this computer.
    let name =
      switch host {
      case "0.0.0.0": "127.0.0.1"
      case "::": "[::1]"
      case let host where host.contains(":"): "[\(host)]"
      default: host
      }
    page = "http://\(name):\(port)/"
    self.token = token
  }

  /// With the token.
  var text: String { page + "?token=" + token.text }

  /// With a ticket in place of the token, for the arguments of a program, which other users can read.
  ///
  /// The ticket is issued by this call.
  func text(with ticket: EntryTicket) -> String { page + "?open=" + ticket.issue() }

  static func isLoopback(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let isAddress = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || host == "::1" || isAddress && parts[0] == "127"
  }

  /// Writes the address to a file for other programs.
  ///
  /// Only its owner can read the file, which is replaced as a whole.
  ///
  /// - Throws: a `Failure` of status 73.
  func write(to path: FilePath) throws {
    let draft = path + ".new-\(getpid())"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    let isWritten = writeAll(Array((text + "\n").utf8), to: descriptor)
    close(descriptor)
    guard isWritten, rename(draft, path) == 0 else {
      unlink(draft)
      throw Self.failure(path)
    }
  }

  private static func failure(_ path: FilePath) -> Failure {
    Failure(
      .cannotCreate, "\(path) cannot be written: \(systemErrorText(errno))",
      hint: "choose a file in a folder that you can write to")
  }
}
