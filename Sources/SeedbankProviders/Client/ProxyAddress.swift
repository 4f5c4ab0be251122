/// The address of a proxy.
///
/// Its description shows no password.
public struct ProxyAddress: Equatable, Sendable {
  /// The address with user name and password, if it has them.
  let url: String
  let port: Int
  /// The address without user name and password.
  public let description: String

  // libcurl knows each of these schemes.
  private static let ports = [
    "http": 1080, "https": 443, "socks": 1080, "socks4": 1080, "socks4a": 1080, "socks5": 1080,
    "socks5h": 1080,
  ]

  /// Reads `http://host:3128`, `https://…`, `socks4://…`, `socks4a://…`, `socks5://…` or
  /// `socks5h://…` (names are resolved by the proxy).
  ///
  /// `socks://…` means SOCKS4, as in curl. Without a scheme it is http with port 1080, likewise.
  /// The host may be preceded by a user name and a password.
  ///
  /// - Throws: ``ProxyAddressError``.
  public init(_ text: String) throws(ProxyAddressError) {
    var text = text[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    let parts = text.split(separator: "://", omittingEmptySubsequences: false)
    let scheme = parts.count == 2 ? parts[0].lowercased() : "http"
    guard parts.count <= 2, let usual = Self.ports[scheme] else { throw .scheme }
    guard let last = parts.last else { throw .unreadable }
    let rest = last.last == "/" ? last.dropLast() : last
    guard !rest.isEmpty, rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      !rest.contains(where: { "/?#\\\"'<>".contains($0) })
    else { throw .unreadable }
    let at = rest.lastIndex(of: "@")
    let authority = at.map { rest[rest.index(after: $0)...] } ?? rest[...]
    do throws(WebAddressError) {
      port = try WebAddress("http://\(authority)").port ?? usual
    } catch {
      throw .unreadable
    }
    url = "\(scheme)://\(rest)"
    description = "\(scheme)://" + (at == nil ? "" : "***@") + authority
  }
}

extension ProxyAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The same text as `description`.
  public var debugDescription: String { description }
  /// A mirror of the description, so that no dump prints a password.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

/// Why a text is not the address of a proxy.
///
/// It never contains the text, which may contain a password.
public enum ProxyAddressError: Error, Equatable, Sendable {
  case scheme
  case unreadable
}
