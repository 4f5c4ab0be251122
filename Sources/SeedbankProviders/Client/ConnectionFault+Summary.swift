extension ConnectionFault {
  /// What happened, as the end of a sentence.
  ///
  /// - Parameter server: the words for the server; nil if the sentence has named it already.
  package func summary(of server: String? = nil) -> String {
    let subject = server ?? "it"
    return switch self {
    case .notResolved: "\(Self.part("name", of: server)) could not be resolved"
    case .refused: "the connection was refused"
    case .timedOut: "the connection timed out"
    case .noRoute: "\(subject) cannot be reached over the network"
    case .tls: "no secure connection (TLS) could be established"
    case .certificate(let fault):
      "\(Self.part("certificate", of: server)) was rejected: \(fault.summary)"
    case .noAuthorities: "the certificate authorities could not be read"
    case .proxyNotResolved: "the name of the proxy could not be resolved"
    case .proxyUnreachable: "the proxy could not be reached"
    case .proxyRefused(status: 407): "the proxy asks for a user name and a password (407)"
    case .proxyRefused(let status):
      "the proxy did not connect to \(subject)" + (status.map { " (\($0))" } ?? "")
    case .closed: "the connection was closed"
    case .badReply: "the reply was not valid HTTP"
    case .noLibrary: "libcurl 7.87 or later is not installed"
    case .noDescriptors: "this process has too many files open"
    case .noResources: "there was not enough memory"
    case .shutDown: "the client was shut down"
    case .other: "the connection failed"
    }
  }

  private static func part(_ noun: String, of server: String?) -> String {
    server.map { "the \(noun) of \($0)" } ?? "its \(noun)"
  }
}
