package import SeedbankModel

/// The rules for a family of models at one service.
public struct ModelRules: Equatable, Sendable {
  /// The pattern of the family's names, `seedream-4-0-*`; nil for rules without a family.
  public let family: String?
  /// The sizes that the model takes.
  public var sizes: SizeRule
  /// How the model uses a seed.
  public var seed: SeedHandling
  /// Whether the reply says which seed was used.
  public var echoesSeed: Bool
  /// Whether the model takes a guidance scale.
  public var guidance: GuidanceRule
  /// What the service does with the watermark option.
  public var watermark: FieldHandling
  /// The response formats that the model takes; empty if it refuses the parameter.
  public var responseFormats: [ResponseFormat]
  /// Whether reference images are needed or taken, and in which form.
  public var references: ReferenceRule
  /// The largest number of images from one request; 1 if the model makes no groups.
  public var group: Int
  /// The largest number of reference images and new images together; nil if only their own limits apply.
  public var together: Int?
  /// Whether the service can send the images of a group one by one.
  public var streams: Bool
  /// The file formats that can be asked for; empty if the model refuses the parameter.
  public var outputFormats: [String]
  /// The modes of prompt optimization that can be asked for.
  public var promptModes: [String]
  /// The parameters that are sent with any value, because the values that the model takes are not known.
  public var unchecked: Set<RequestParameter>
  /// What one image costs; nil if it is not known.
  public var price: ModelPrice?
  /// Why the model should no longer be used, as the end of a sentence; nil if it can be.
  public var retired: String?

  /// Makes rules.
  ///
  /// Each default is the most careful assumption.
  init(
    family: String?, sizes: SizeRule, seed: SeedHandling, echoesSeed: Bool = false,
    guidance: GuidanceRule, watermark: FieldHandling = .accepted,
    responseFormats: [ResponseFormat] = ResponseFormat.allCases,
    references: ReferenceRule = .none, group: Int = 1, together: Int? = nil,
    streams: Bool = false, outputFormats: [String] = [], promptModes: [String] = [],
    unchecked: Set<RequestParameter> = [], price: ModelPrice? = nil, retired: String? = nil
  ) {
    self.family = family
    self.sizes = sizes
    self.seed = seed
    self.echoesSeed = echoesSeed
    self.guidance = guidance
    self.watermark = watermark
    self.responseFormats = responseFormats
    self.references = references
    self.group = group
    self.together = together
    self.streams = streams
    self.outputFormats = outputFormats
    self.promptModes = promptModes
    self.unchecked = unchecked
    self.price = price
    self.retired = retired
  }

  /// The largest number of new images in a request with reference images.
  public func largestGroup(references: Int) -> Int {
    guard let together else { return group }
    return max(1, min(group, together - references))
  }

  /// Whether a random seed is chosen and sent.
  public var takesSeed: Bool { seed != .rejected && seed != .ignored }

  /// What a model does with a seed.
  public enum SeedHandling: String, Equatable, Sendable {
    /// Accepted, and documented by the maker: results are "similar", not "identical".
    case documented
    /// Accepted. Measurements show an effect.
    case accepted
    /// Some clients send it, but the maker's page does not list it.
    case disputed
    /// Accepted without an effect.
    case ignored
    /// A request with a seed would fail, so none is sent.
    case rejected
    /// The model is not in the table.
    case unknown
  }

  /// What a service does with an optional parameter.
  public enum FieldHandling: String, Equatable, Sendable {
    case accepted
    /// Left out of the request, with a warning.
    case ignored
  }

  /// Whether a model takes a guidance scale.
  public enum GuidanceRule: Equatable, Sendable {
    /// The accepted range, and the service's default.
    case accepted(ClosedRange<Double>, standard: Double)
    /// The model does not have this parameter. Some models refuse a request with it.
    case notAccepted
    /// Not known, so it is allowed.
    case unknown
  }
}

/// The reference images that a model takes.
public struct ReferenceRule: Equatable, Sendable {
  /// The number of images; an empty range means none.
  public let count: ClosedRange<Int>
  /// How they can be given.
  public let form: Form
  /// The largest file, in bytes; nil if no limit is known.
  public let largestFile: Int64?
  /// The largest width times height, in pixels; nil if no limit is known.
  public let largestArea: Int?
  /// The smallest width and height, in pixels.
  public let smallestSide: Int

  /// The form of a reference image for a service.
  public enum Form: String, Equatable, Sendable {
    /// Only as a link that the service downloads.
    case link
    /// As a link, or as its bytes in a data URI.
    case data
    /// As a file in a form.
    case file
  }

  /// Makes a rule.
  public init(
    _ count: ClosedRange<Int>, _ form: Form, largestFile: Int64? = nil, largestArea: Int? = nil,
    smallestSide: Int = 1
  ) {
    self.count = count
    self.form = form
    self.largestFile = largestFile
    self.largestArea = largestArea
    self.smallestSide = smallestSide
  }

  /// Checks the length of a file.
  ///
  /// - Parameter position: The position of the image in the request, from 1.
  public func check(bytes: Int64, position: Int) throws(RequestError) {
    if let largestFile, bytes > largestFile {
      throw .referenceTooLarge(position: position, bytes: bytes, allowed: largestFile)
    }
  }

  /// Checks the size of an image.
  ///
  /// - Parameters:
  ///   - width: Pixels; 0 if it is not known.
  ///   - position: The position of the image in the request, from 1.
  public func check(width: Int, height: Int, position: Int) throws(RequestError) {
    guard width > 0, height > 0 else { return }
    let size = ImageSize.pixels(width: width, height: height)
    if let largestArea,
      case (let area, let overflows) = width.multipliedReportingOverflow(by: height),
      overflows || area > largestArea
    {
      throw .referenceTooManyPixels(position: position, size, allowed: largestArea)
    }
    guard min(width, height) >= smallestSide else {
      throw .referenceTooSmall(position: position, size, smallestSide: smallestSide)
    }
  }

  /// Checks the length and the size of an image.
  package func check(_ image: ReferenceImage) throws(RequestError) {
    try check(bytes: image.bytes, position: image.position)
    try check(width: image.width, height: image.height, position: image.position)
  }

  /// The rule for images that a request of another model has too: the stricter limit of each kind.
  ///
  /// Both models take a link if one of them takes nothing else.
  package func combined(with other: ReferenceRule) -> ReferenceRule {
    ReferenceRule(
      count.clamped(to: other.count), other.form == .link ? .link : form,
      largestFile: [largestFile, other.largestFile].compactMap { $0 }.min(),
      largestArea: [largestArea, other.largestArea].compactMap { $0 }.min(),
      smallestSide: max(smallestSide, other.smallestSide))
  }

  /// The model takes none.
  public static let none = ReferenceRule(0...0, .link)
}

extension ModelRules {
  /// The rules for an unknown model or endpoint id: all well-formed values are allowed.
  ///
  /// ``ImageService/unknownModel`` leaves out the parameters that the requests of a service never have.
  public static let unknown = ModelRules(
    family: nil,
    sizes: SizeRule(presets: ImageSize.Preset.allCases, pixels: .any, recommended: []),
    seed: .unknown, guidance: .unknown, references: ReferenceRule(0...16, .data), group: 15)

  /// The rules for an unknown model at fal and Replicate.
  ///
  /// They answer only with links, have no parameter for a watermark, and take the names of any image format.
  static let unknownByLink: ModelRules = {
    var rules = unknown
    rules.watermark = .ignored
    rules.responseFormats = []
    rules.unchecked = [.outputFormat]
    return rules
  }()

  /// The rules for a model's name at a service.
  public static func of(
    _ model: String?, at service: some ImageService = .pixazo
  ) -> ModelRules {
    service.rules(of: model)
  }
}
