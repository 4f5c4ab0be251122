/// The fields of a recorded body as they stand there, which may be more than today's rules allow.
public struct RequestFields: Equatable, Sendable {
  public let prompt: String
  public let model: String?
  public let responseFormat: String?
  public let size: String?
  public let seed: Int?
  public let guidanceScale: Double?
  public let watermark: Bool?

  init(_ object: JSONView) throws(RequestError) {
    func string(_ field: RequestField) -> String? { object[field.rawValue]?.string }
    guard let prompt = string(.prompt) else { throw .notARequest }
    self.prompt = prompt
    model = string(.model)
    responseFormat = string(.responseFormat)
    size = string(.size)
    seed = object[RequestField.seed.rawValue]?.integer.flatMap { Int(exactly: $0) }
    guidanceScale = object[RequestField.guidanceScale.rawValue]?.number
    watermark = object[RequestField.watermark.rawValue]?.bool
  }

  /// The same as a request that can be checked.
  ///
  /// - Throws: ``RequestError`` for a size or response format that nothing can be made of.
  public func request() throws(RequestError) -> SubmitRequest {
    var parameters = RequestParameters(
      model: model, seed: seed, guidanceScale: guidanceScale, watermark: watermark)
    if let size {
      guard let read = ImageSize(size) else {
        throw .sizeNotRead(size, allowed: ModelRules.of(model).sizes)
      }
      parameters.size = read
    }
    if let responseFormat {
      guard let read = ResponseFormat(rawValue: responseFormat) else {
        throw .unknownResponseFormat(responseFormat, allowed: ResponseFormat.allCases)
      }
      parameters.responseFormat = read
    }
    return SubmitRequest(prompt: prompt, parameters: parameters)
  }
}
