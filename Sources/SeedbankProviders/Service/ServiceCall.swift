/// One HTTP call to a service, apart from its host and its key.
public struct ServiceCall: Equatable, Sendable {
  /// The methods that calls have.
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
  }

  /// The method.
  public let method: Method
  /// Path and query after the base URL, with a slash at the start.
  public let path: String
  /// Additional headers.
  public var headers: [HeaderField]
  /// The body; nil for a GET.
  public let body: CallBody?

  init(
    _ method: Method, _ path: String, headers: [HeaderField] = [], body: CallBody? = nil
  ) {
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
  }
}

/// A header of a call.
public struct HeaderField: Equatable, Sendable {
  /// The name.
  public let name: String
  /// The value.
  public let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// The body of a call.
///
/// A text `sha256:…` with the digest of a reference image is the placeholder for its bytes.
public enum CallBody: Equatable, Sendable {
  /// JSON; images become data URIs.
  case json([UInt8])
  /// A JSON object whose members are sent as parts of a form; images become files.
  case form([UInt8])
}

/// A request as it is recorded before it is sent.
public struct EncodedRequest: Hashable, Sendable {
  /// The path after the base URL.
  public let endpoint: String
  /// The JSON body, with a `sha256:` placeholder for each reference image.
  public let body: RequestBody

  /// Makes a request from its recorded parts.
  ///
  /// - Parameter endpoint: Nil if it was recorded by a version with only one endpoint.
  public init(endpoint: String?, body: RequestBody) {
    self.endpoint = endpoint ?? Self.standardEndpoint
    self.body = body
  }

  /// The only endpoint of earlier versions.
  public static let standardEndpoint = Pixazo.Endpoint.textToImage
}

/// A request or a job for the next call.
public enum JobState: Equatable, Sendable {
  /// A recorded request that is about to be sent, with Seedbank's id for it.
  case recorded(EncodedRequest, clientID: String)
  /// A job that was accepted at an endpoint.
  case running(endpoint: String, jobID: String)
  /// A job whose result has another address than its status.
  case finished(endpoint: String, jobID: String)
}

extension JobState {
  /// An id from a reply, as one segment of a path.
  ///
  /// It is encoded so that it cannot change the path or start a query.
  static func segment(_ id: String) -> String {
    var text = ""
    for byte in id.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: ".") where id.contains { $0 != "." }:
        text.append(".")
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }
}
