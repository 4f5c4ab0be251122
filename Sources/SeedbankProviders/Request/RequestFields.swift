import SeedbankModel

/// The fields of a recorded body.
///
/// Their values may not be allowed by the current rules.
public struct RequestFields: Equatable, Sendable {
  /// The prompt text.
  public let prompt: String
  /// The model, or nil for the gateway's default.
  public let model: String?
  /// `url`, `b64_json`, or nil.
  public let responseFormat: String?
  /// The size as it was sent.
  public let size: String?
  /// The seed, or nil if none was sent.
  public let seed: Int?
  /// The guidance scale, or nil if none was sent.
  public let guidanceScale: Double?
  /// Whether a watermark was requested, or nil if nothing was sent.
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

  /// The fields of a request that is not in a body yet.
  public init(_ request: SubmitRequest) {
    let parameters = request.parameters
    prompt = request.prompt
    model = parameters.model
    responseFormat = parameters.responseFormat?.rawValue
    size = parameters.size?.description
    seed = parameters.seed
    guidanceScale = parameters.guidanceScale
    watermark = parameters.watermark
  }

  /// The same as a request that can be checked.
  ///
  /// - Throws: ``RequestError`` for a size or response format that cannot be read.
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
