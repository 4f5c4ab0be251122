/// The head of an HTTP request: its first line and its header fields.
struct RequestHead: Equatable, Sendable {
  /// One header field; the name is in lower case.
  struct Field: Equatable, Sendable {
    let name: String
    let value: String
  }

  let method: String
  /// The target up to the question mark, as it was sent; begins with a slash.
  let path: String
  /// The target after the question mark, as it was sent; nil without one.
  let query: String?
  let fields: [Field]
  /// Bytes of the body that follows.
  let contentLength: Int
  /// Whether the connection ends with the response.
  let closesConnection: Bool

  /// Returns the value of the first field with this lower-case name.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Whether the client waits for permission to send the body.
  var expectsContinue: Bool { self["expect"]?.lowercased() == "100-continue" }
}

/// Why bytes are not a request that this server reads.
enum RequestHeadError: Error, Equatable {
  /// Not HTTP, or HTTP that two programs could read in two ways.
  case malformed
  /// A body of unknown length.
  case lengthRequired
  case unsupportedVersion
}
