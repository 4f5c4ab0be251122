import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// A response before it is written.
struct Response: Sendable {
  enum Body: Sendable {
    case bytes([UInt8])
    /// A part of a file that is read while it is sent.
    case file(OpenFile, Range<Int64>)
    /// Server-sent events after this number, until the client disconnects; nil sends only new ones.
    case events(after: Int64?)
  }

  var status: Int
  /// The header fields, without those of every response.
  var fields: [(name: String, value: String)] = []
  var body: Body = .bytes([])
  /// Whether the connection ends with it.
  var closesConnection = false

  static func json(_ status: Int = 200, _ write: (inout JSONWriter) -> Void) -> Response {
    var writer = JSONWriter()
    write(&writer)
    return Response(
      status: status,
      fields: [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")],
      body: .bytes(writer.bytes))
  }

  static func error(_ status: Int, _ words: ErrorWords, closing: Bool = false) -> Response {
    var response = json(status) { words.write(to: &$0) }
    response.closesConnection = closing
    return response
  }
}

extension Response {
  /// Returns the head as it is sent.
  ///
  /// - Parameter date: the time, in the form of HTTP.
  func head(date: String, closing: Bool) -> String {
    var lines = ["HTTP/1.1 \(status) \(Self.reason(status))", "Date: \(date)"]
    lines += fields.map { "\($0.name): \($0.value)" }
    switch body {
    case .bytes(let bytes) where status != 304: lines.append("Content-Length: \(bytes.count)")
    case .file(_, let range): lines.append("Content-Length: \(range.count)")
    case .bytes, .events: break
    }
    if closing { lines.append("Connection: close") }
    lines += SecurityHeaders.lines
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 206: "Partial Content"
    case 303: "See Other"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 416: "Range Not Satisfiable"
    case 422: "Unprocessable Content"
    case 431: "Request Header Fields Too Large"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Internal Server Error"
    }
  }
}
