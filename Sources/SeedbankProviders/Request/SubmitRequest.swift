/// A request for an image.
public struct SubmitRequest: Equatable, Sendable {
  /// The prompt text.
  public var prompt: String
  /// All other fields.
  public var parameters: RequestParameters

  /// Makes a request.
  public init(prompt: String, parameters: RequestParameters = RequestParameters()) {
    self.prompt = prompt
    self.parameters = parameters
  }
}

/// All fields of a request except the prompt.
///
/// With nil, the field is left out and the service uses its default.
public struct RequestParameters: Equatable, Sendable {
  /// A model's name or an endpoint id.
  public var model: String?
  /// Whether images come as links or as base64.
  public var responseFormat: ResponseFormat?
  /// The size, or nil for the model's default.
  public var size: ImageSize?
  /// In ``Seed/range``.
  public var seed: Int?
  /// How closely the prompt is followed; the range depends on the model.
  public var guidanceScale: Double?
  /// True: the service writes "AI generated" into the image.
  ///
  /// This is also its default.
  public var watermark: Bool?
  /// The reference images, in order.
  public var references: [ReferenceInput]
  /// The maximum number of images from the request; nil for one image.
  public var group: Int?
  /// The file format of the image, such as `png`.
  public var outputFormat: String?
  /// How the service may rewrite the prompt, such as `fast`.
  public var promptMode: String?

  /// Makes parameters; nil leaves a field out of the request.
  public init(
    model: String? = nil, responseFormat: ResponseFormat? = nil, size: ImageSize? = nil,
    seed: Int? = nil, guidanceScale: Double? = nil, watermark: Bool? = nil,
    references: [ReferenceInput] = [], group: Int? = nil, outputFormat: String? = nil,
    promptMode: String? = nil
  ) {
    self.model = model
    self.responseFormat = responseFormat
    self.size = size
    self.seed = seed
    self.guidanceScale = guidanceScale
    self.watermark = watermark
    self.references = references
    self.group = group
    self.outputFormat = outputFormat
    self.promptMode = promptMode
  }
}

/// How the reply contains the image.
public enum ResponseFormat: String, CaseIterable, Sendable {
  /// A link that expires.
  case url
  /// The bytes themselves, inside the reply.
  case base64 = "b64_json"
}
