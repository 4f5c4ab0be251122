/// Why a connection ends before a request could be answered.
enum ProtocolRefusal {
  case malformed
  case lengthRequired
  case unsupportedVersion
  case timeout
  case headTooLarge
  case bodyTooLarge
  case tooManyConnections

  init(_ error: RequestHeadError) {
    switch error {
    case .malformed: self = .malformed
    case .unsupportedVersion: self = .unsupportedVersion
    }
  }

  var response: Response {
    let (status, code, message): (Int, String, String) =
      switch self {
      case .malformed: (400, "bad_request", "the request is not valid HTTP")
      case .lengthRequired: (411, "length_required", "the request body needs a Content-Length")
      case .unsupportedVersion: (505, "http_version", "this server speaks HTTP/1.1")
      case .timeout: (408, "timeout", "the request took too long to arrive")
      case .headTooLarge: (431, "head_too_large", "the request's header fields are too large")
      case .bodyTooLarge: (413, "body_too_large", "the request body is too large")
      case .tooManyConnections: (503, "busy", "too many connections are open")
      }
    return .error(status, ErrorWords(code: code, message: message), closing: true)
  }
}
