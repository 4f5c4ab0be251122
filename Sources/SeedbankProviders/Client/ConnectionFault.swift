/// Why a connection could not be established, or why it ended.
public enum ConnectionFault: Equatable, Sendable {
  case notResolved
  case refused
  case timedOut
  /// The network is down or has no route to the host.
  case noRoute
  /// The TLS handshake failed.
  case tls
  /// The server's certificate was rejected.
  case certificate(CertificateFault)
  /// The certificates to check against are missing or unreadable.
  case noAuthorities
  case proxyNotResolved
  /// Nothing accepts connections at the proxy's address.
  case proxyUnreachable
  /// The proxy does not connect to the server; its HTTP status, if it speaks HTTP.
  case proxyRefused(status: Int?)
  case closed
  /// The server's answer is not HTTP, or its body cannot be decoded.
  case badReply
  /// libcurl is not installed, or is too old.
  case noLibrary
  /// The limit of open files is reached.
  case noDescriptors
  /// Not enough memory, or no thread.
  case noResources
  /// The client was shut down.
  case shutDown
  case other
}

/// What is wrong with a server's certificate.
public enum CertificateFault: Equatable, Sendable {
  case expired
  case notYetValid
  /// It was not signed by a trusted authority.
  case unknownIssuer
  /// It was issued for another host name.
  case wrongHost
  case revoked
  case other
}

extension CertificateFault {
  /// The problem, as the end of a sentence.
  public var summary: String {
    switch self {
    case .expired: "it has expired"
    case .notYetValid: "it is not valid yet"
    case .unknownIssuer: "its issuer is unknown"
    case .wrongHost: "it is for another host name"
    case .revoked: "it was revoked"
    case .other: "it is not valid"
    }
  }
}
