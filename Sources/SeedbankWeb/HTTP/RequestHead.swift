/// The head of an HTTP request: its first line and its header fields.
struct RequestHead: Equatable, Sendable {
  /// One header field; the name is in lower case.
  struct Field: Equatable, Sendable {
    let name: String
    let value: String
  }

  let method: String
  /// The unchanged target up to the question mark, with a slash at the start.
  let path: String
  /// The unchanged target after the question mark; nil without one.
  let query: String?
  let fields: [Field]
  /// The length of the body in bytes; 0 if it is unknown.
  let contentLength: Int
  /// Whether the length of the body is unknown, as of one in chunks.
  let lacksLength: Bool
  /// Whether the connection ends with the response.
  let closesConnection: Bool

  /// Returns the value of the first field with this lower-case name.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  var hasBody: Bool { contentLength > 0 || lacksLength }

  /// Whether the client waits for permission to send the body.
  var expectsContinue: Bool { self["expect"]?.lowercased() == "100-continue" }
}

/// Why bytes are not a request that this server reads.
enum RequestHeadError: Error, Equatable {
  /// Not HTTP, or HTTP that two programs could read differently.
  case malformed
  case unsupportedVersion
}
