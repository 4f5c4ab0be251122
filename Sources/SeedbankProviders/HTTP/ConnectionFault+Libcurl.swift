import CCurl
import Platform

extension ConnectionFault {
  /// Nil if the transfer succeeded.
  ///
  /// - Parameter proxy: The proxy that the transfer was to use.
  init?(_ end: http_end, proxy: ProxyAddress?) {
    switch end.fault {
    case HTTP_NONE: return nil
    // The resolver needs an open file too, and reports another error.
    case HTTP_NOT_RESOLVED: self = http_has_descriptors() ? .notResolved : .noDescriptors
    case HTTP_PROXY_NOT_RESOLVED:
      self = http_has_descriptors() ? .proxyNotResolved : .noDescriptors
    case HTTP_NOT_CONNECTED: self = Self.connecting(end, proxy)
    case HTTP_TIMED_OUT: self = .timedOut
    case HTTP_HANDSHAKE: self = .tls
    case HTTP_CERTIFICATE: self = .certificate(CertificateFault(end.verification))
    case HTTP_NO_AUTHORITIES: self = .noAuthorities
    case HTTP_PROXY_REFUSED:
      self = .proxyRefused(status: end.connect_status > 0 ? end.connect_status : nil)
    // If libcurl wanted to repeat a request and had no permission, the connection was closed.
    case HTTP_CLOSED, HTTP_ABORTED: self = .closed
    case HTTP_BAD_REPLY, HTTP_BAD_ENCODING: self = .badReply
    default: self = .other
    }
  }

  private static func connecting(_ end: http_end, _ proxy: ProxyAddress?) -> ConnectionFault {
    switch end.system_error {
    case EMFILE, ENFILE: .noDescriptors
    case _ where proxy?.port == Int(end.connect_port): .proxyUnreachable
    case ECONNREFUSED: .refused
    case ETIMEDOUT: .timedOut
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL: .noRoute
    default: .other
    }
  }
}

extension CertificateFault {
  /// From OpenSSL's error number (`openssl/x509_vfy.h`).
  ///
  /// It is 0 or 1 if OpenSSL accepted the certificate and libcurl rejected the name.
  init(_ verification: Int) {
    self =
      switch verification {
      case 0, 1, 62, 64: .wrongHost
      case 9: .notYetValid
      case 10: .expired
      case 2, 18, 19, 20, 21, 27: .unknownIssuer
      case 23: .revoked
      default: .other
      }
  }
}
