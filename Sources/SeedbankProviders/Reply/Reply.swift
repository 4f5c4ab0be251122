/// An HTTP reply, apart from how it came.
public struct Reply: Equatable, Sendable {
  public let status: Int
  public let headers: ReplyHeaders
  public let body: [UInt8]

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

  public init(_ fields: [(name: String, value: String)] = []) {
    self.fields = fields.map { Field(name: $0.name.lowercased(), value: $0.value) }
  }

  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { (name: $0.0, value: $0.1) })
  }

  /// The first value of a field.
  public subscript(name: String) -> String? {
    let name = name.lowercased()
    return fields.first { $0.name == name }?.value
  }
}
