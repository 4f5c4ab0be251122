/// The base URL of a gateway: https, or plain http on this machine.
public struct GatewayAddress: Equatable, Sendable, CustomStringConvertible {
  /// The address that generations are recorded for: no slash at its end.
  public let description: String
  /// Whether it is on this machine, as the simulator is.
  public let isLoopback: Bool
  /// The submit endpoint (gateway's page, "Seedream 4.0 API").
  let submit: WebAddress
  /// The polling endpoint (same page).
  let poll: WebAddress

  /// Reads a base URL such as `https://gateway.pixazo.ai`; a path in it is kept.
  ///
  /// - Throws: ``GatewayAddressError``.
  public init(_ text: String) throws(GatewayAddressError) {
    guard !text.contains(where: { "?#".contains($0) }) else { throw .query }
    do throws(WebAddressError) {
      let web = try WebAddress(text)
      let path = web.target.hasSuffix("/") ? web.target.dropLast() : web.target[...]
      description = String(web.origin.dropLast()) + String(path)
      isLoopback = Host(web.host)?.nearness == .loopback
      submit = try WebAddress(description + "/byteplus/v1/getTextToImage")
      poll = try WebAddress(description + "/ai-model-api-polling/getGenerationResults")
    } catch {
      throw .unreadable(error)
    }
    guard submit.scheme == .https || isLoopback else { throw .plainHTTP(host: submit.host) }
  }
}

/// Why a text is no gateway's address.
public enum GatewayAddressError: Error, Equatable, Sendable {
  case unreadable(WebAddressError)
  /// Plain http would show the key to everyone on the way; it may only reach this machine.
  case plainHTTP(host: String)
  /// A base URL has neither query nor fragment.
  case query
}
