import SeedbankProviders

extension ConnectionFault {
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
