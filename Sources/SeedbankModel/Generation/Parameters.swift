/// What a generation asks for beside its prompt, as it was recorded.
public struct Parameters: Hashable, Sendable {
  /// The model's name or endpoint id; nil where none was named or none is known.
  public var model: String?
  /// The size as requested: `1024x1024`, `2K`.
  public var size: String?
  /// Pixels, of the request where it says them, else of the first image.
  public var width: Int?
  /// Height in pixels.
  public var height: Int?
  /// Nil only where nobody knows it (imports).
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
