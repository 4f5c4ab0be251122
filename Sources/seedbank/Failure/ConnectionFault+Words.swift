import SeedbankProviders

extension ConnectionFault {
  /// The description, as the end of a sentence.
  var sentence: String {
    switch self {
    case .notResolved: "its name could not be resolved"
    case .refused: "the connection was refused"
    case .timedOut: "the connection timed out"
    case .noRoute: "it cannot be reached over the network"
    case .tls: "no secure connection (TLS) could be established"
    case .certificate(let fault): "its certificate was rejected: \(fault.summary)"
    case .noAuthorities: "the certificate authorities could not be read"
    case .proxyNotResolved: "the name of the proxy could not be resolved"
    case .proxyUnreachable: "the proxy could not be reached"
    case .proxyRefused(let status):
      switch status {
      case 407: "the proxy asks for a user name and a password (407)"
      case .some(let status): "the proxy did not connect to it (\(status))"
      case nil: "the proxy did not connect to it"
      }
    case .closed: "the connection was closed"
    case .badReply: "the reply was not valid HTTP"
    case .noLibrary: "libcurl 7.87 or later is not installed"
    case .noDescriptors: "this process has too many files open"
    case .noResources: "there is not enough memory"
    case .shutDown, .other: "the connection failed"
    }
  }

  /// The hint; nil if the user can only wait.
  var remedy: String? {
    switch self {
    case .certificate(.expired), .certificate(.notYetValid):
      "Check the date of this computer with `date`."
    case .certificate(.unknownIssuer):
      "If a company's firewall signs the traffic, name its certificate: "
        + "`export SSL_CERT_FILE=/path/to/ca.pem`."
    case .certificate(.wrongHost):
      "Check the address: `seedbank config`."
    case .noAuthorities:
      "Run `sudo apt install ca-certificates`, or correct SSL_CERT_FILE."
    case .proxyNotResolved, .proxyUnreachable, .proxyRefused:
      "Check the proxy: `seedbank config`."
    case .noLibrary: "Run `sudo apt install libcurl4`."
    case .noDescriptors: "Raise the limit: `ulimit -n 1024`."
    case .notResolved, .refused, .timedOut, .noRoute, .tls, .certificate, .closed, .badReply,
      .noResources, .shutDown, .other:
      nil
    }
  }
}
