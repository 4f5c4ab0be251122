import SeedbankModel

/// The exact bytes of a submit, as they are recorded before they are sent.
public struct RequestBody: Hashable, Sendable {
  /// The exact JSON.
  public let bytes: [UInt8]

  /// Makes a body from recorded bytes, which are sent again unchanged.
  public init(recorded bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads the fields.
  ///
  /// - Throws: ``RequestError/notARequest`` unless the bytes are a JSON object with a prompt.
  public func fields() throws(RequestError) -> RequestFields {
    try RequestFields(object())
  }

  func object() throws(RequestError) -> JSONView {
    guard let root = try? JSONDocument(bytes).root, root.isObject else { throw .notARequest }
    return root
  }
}

extension SubmitRequest {
  /// The encoded request for a service: always the same bytes for the same request.
  ///
  /// - Throws: What ``validate(for:)`` throws, so that nothing invalid is ever encoded.
  public func encode(for service: some ImageService) throws(RequestError) -> EncodedRequest {
    try validate(for: service)
    return try service.encode(leavingOutIgnored(by: service))
  }

  /// The body for the default service.
  public func encode() throws(RequestError) -> RequestBody { try encode(for: .pixazo).body }

  /// The request for the default service without validation, to be validated after a change.
  package func encodeUnchecked() throws(RequestError) -> EncodedRequest {
    try Pixazo().encode(leavingOutIgnored(by: .pixazo))
  }

  /// The request without the parameters that the service ignores.
  public func leavingOutIgnored(by service: some ImageService) -> SubmitRequest {
    let rules = service.rules(of: parameters.model)
    var request = self
    if rules.watermark == .ignored { request.parameters.watermark = nil }
    if rules.seed == .ignored { request.parameters.seed = nil }
    return request
  }
}
