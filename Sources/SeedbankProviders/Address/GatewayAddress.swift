/// The base URL of a gateway: https, or plain http on this machine.
public struct GatewayAddress: Equatable, Sendable, CustomStringConvertible {
  /// The address that is recorded with generations, without a slash at its end.
  public let description: String
  /// Whether it is on this computer, such as the simulator.
  public let isLoopback: Bool

  /// Reads a base URL such as `https://gateway.pixazo.ai`; a path in it is kept.
  ///
  /// - Throws: ``GatewayAddressError``.
  public init(_ text: String) throws(GatewayAddressError) {
    guard !text.utf8.contains(where: { "?#".utf8.contains($0) }) else { throw .query }
    let web: WebAddress
    do throws(WebAddressError) {
      web = try WebAddress(text)
    } catch {
      throw .unreadable(error)
    }
    let path = web.target.hasSuffix("/") ? web.target.dropLast() : web.target[...]
    description = String(web.origin.dropLast()) + String(path)
    isLoopback = Host(web.host)?.nearness == .loopback
    guard web.scheme == .https || isLoopback else { throw .plainHTTP(host: web.host) }
  }

  /// The address of a call's path; nil if the path would lead to another host or cannot be sent.
  func web(_ path: String) -> WebAddress? {
    guard path.hasPrefix("/") else { return nil }
    return try? WebAddress(description + path)
  }
}

/// Why a text is not the address of a gateway.
public enum GatewayAddressError: Error, Equatable, Sendable {
  case unreadable(WebAddressError)
  /// Plain http does not encrypt the key. It is allowed on this computer only.
  case plainHTTP(host: String)
  /// A base URL has neither query nor fragment.
  case query
}
