/// The recorded parameters of a request, without its prompt.
public struct Parameters: Hashable, Sendable {
  /// The name of the model or the id of its endpoint; nil if none was requested or it is not known.
  public var model: String?
  /// The size as requested: `1024x1024`, `2K`.
  public var size: String?
  /// The width in pixels: of the request if it states one, otherwise of the first image.
  public var width: Int?
  /// Height in pixels.
  public var height: Int?
  /// Nil only if it is not known, as for many imports.
  public var seed: ImageSeed?
  /// The guidance scale.
  public var guidanceScale: Double?
  /// Whether a watermark was requested.
  public var watermark: Bool?
  /// `url` or `b64_json`.
  public var responseFormat: String?

  /// Makes parameters; nil means that nothing was sent.
  public init(
    model: String? = nil, size: String? = nil, width: Int? = nil, height: Int? = nil,
    seed: ImageSeed? = nil, guidanceScale: Double? = nil, watermark: Bool? = nil,
    responseFormat: String? = nil
  ) {
    self.model = model
    self.size = size
    self.width = width
    self.height = height
    self.seed = seed
    self.guidanceScale = guidanceScale
    self.watermark = watermark
    self.responseFormat = responseFormat
  }
}
