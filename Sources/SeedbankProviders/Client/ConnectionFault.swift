/// Why a connection could not be made, or what became of it.
public enum ConnectionFault: Equatable, Sendable {
  case notResolved
  case refused
  case timedOut
  /// The network is down, or does not lead there.
  case noRoute
  /// No agreement on TLS.
  case tls
  /// The server's certificate does not pass.
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
  /// This process has as many files open as it may.
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
  /// Nobody who is trusted here has signed it.
  case unknownIssuer
  /// It was issued for another host name.
  case wrongHost
  case revoked
  case other
}

extension CertificateFault {
  /// What is wrong, as the end of a sentence.
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
