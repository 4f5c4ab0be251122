/// An HTTP reply.
public struct Reply: Equatable, Sendable {
  /// The status code, 100…999.
  public let status: Int
  /// The header fields.
  public let headers: ReplyHeaders
  /// The body, with its content encoding removed.
  public let body: [UInt8]

  /// Makes a reply from its parts.
  public init(status: Int, headers: ReplyHeaders = ReplyHeaders(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// Header fields, found by name in any case.
public struct ReplyHeaders: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  let fields: [Field]

  struct Field: Equatable, Sendable {
    let name: String
    let value: String
  }

  /// Makes headers from names and values, in order.
  public init(_ fields: [(name: String, value: String)] = []) {
    self.fields = fields.map { Field(name: $0.name.lowercased(), value: $0.value) }
  }

  /// Makes headers from a literal of names and values.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { (name: $0.0, value: $0.1) })
  }

  /// The first value of a field.
  public subscript(name: String) -> String? {
    let name = name.lowercased()
    return fields.first { $0.name == name }?.value
  }
}
