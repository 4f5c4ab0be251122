/// The exact bytes of a submit, as they are recorded before they are sent.
public struct RequestBody: Hashable, Sendable {
  /// The JSON as it is sent.
  public let bytes: [UInt8]

  /// Takes recorded bytes as they are; they are sent again unchanged.
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
  /// The body: always the same bytes for the same request. Fields stand in the order of the
  /// gateway's page, absent ones are left out, numbers are written as short as they can be.
  ///
  /// - Throws: What ``validate()`` throws, so that nothing invalid is ever encoded.
  public func encode() throws(RequestError) -> RequestBody {
    try validate()
    var bytes: [UInt8] = []
    for field in RequestField.allCases {
      guard let value = literal(of: field) else { continue }
      bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
      JSONText.append(field.rawValue, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      bytes += value
    }
    bytes.append(UInt8(ascii: "}"))
    return RequestBody(recorded: bytes)
  }

  private func literal(of field: RequestField) -> [UInt8]? {
    let change: RequestChange =
      switch field {
      case .prompt: .prompt(prompt)
      case .model: .model(parameters.model)
      case .responseFormat: .responseFormat(parameters.responseFormat)
      case .size: .size(parameters.size)
      case .seed: .seed(parameters.seed)
      case .guidanceScale: .guidanceScale(parameters.guidanceScale)
      case .watermark: .watermark(parameters.watermark)
      }
    return change.literal
  }
}
