/// What is known of a family of models at one service.
public struct ModelRules: Equatable, Sendable {
  /// How the names of the family begin, `seedream-4-0-*`; nil for rules of no family.
  public let family: String?
  /// The sizes that the model takes.
  public var sizes: SizeRule
  /// What the model does with a seed.
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
  /// Whether the images of a group can come one by one while it is made.
  public var streams: Bool
  /// The file formats that can be asked for; empty if the model refuses the parameter.
  public var outputFormats: [String]
  /// The modes of prompt optimization that can be asked for.
  public var promptModes: [String]
  /// What one image costs; nil if it is not known.
  public var price: ModelPrice?
  /// Why the model should not be used any more, as the end of a sentence; nil if it can be.
  public var retired: String?

  /// Makes rules; what is left out is the most careful assumption.
  init(
    family: String?, sizes: SizeRule, seed: SeedHandling, echoesSeed: Bool = false,
    guidance: GuidanceRule, watermark: FieldHandling = .accepted,
    responseFormats: [ResponseFormat] = ResponseFormat.allCases,
    references: ReferenceRule = .none, group: Int = 1, streams: Bool = false,
    outputFormats: [String] = [], promptModes: [String] = [], price: ModelPrice? = nil,
    retired: String? = nil
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
    self.streams = streams
    self.outputFormats = outputFormats
    self.promptModes = promptModes
    self.price = price
    self.retired = retired
  }

  /// Whether a seed is drawn and sent.
  public var takesSeed: Bool { seed != .rejected && seed != .ignored }

  /// What a model does with a seed.
  public enum SeedHandling: String, Equatable, Sendable {
    /// Accepted, and the maker says that it is honoured: "similar", never "identical".
    case documented
    /// Accepted, and effective as far as it was measured.
    case accepted
    /// Some clients send it, the maker's page does not list it.
    case disputed
    /// Accepted without an effect.
    case ignored
    /// The request would fail, so that none is sent.
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
    /// The range taken, and what the service uses when none is sent.
    case accepted(ClosedRange<Double>, standard: Double)
    /// The model has no such parameter; some refuse a request that has it.
    case notAccepted
    /// Nothing is known that would forbid it.
    case unknown
  }
}

/// The reference images that a model takes.
public struct ReferenceRule: Equatable, Sendable {
  /// How many; an empty range takes none.
  public let count: ClosedRange<Int>
  /// How they can be given.
  public let form: Form
  /// The largest file, in bytes; nil if no limit is known.
  public let largestFile: Int64?

  /// How a reference image reaches a service.
  public enum Form: String, Equatable, Sendable {
    /// Only as a link that the service fetches.
    case link
    /// As a link, or as its bytes in a data URI.
    case data
    /// As a file in a form.
    case file
  }

  /// Makes a rule.
  public init(_ count: ClosedRange<Int>, _ form: Form, largestFile: Int64? = nil) {
    self.count = count
    self.form = form
    self.largestFile = largestFile
  }

  /// The model takes none.
  public static let none = ReferenceRule(0...0, .link)
}

extension ModelRules {
  /// A model or endpoint id that is in no row: everything well formed is let through.
  public static let unknown = ModelRules(
    family: nil,
    sizes: SizeRule(presets: ImageSize.Preset.allCases, pixels: .any, recommended: []),
    seed: .unknown, guidance: .unknown, references: ReferenceRule(0...16, .data), group: 15)

  /// The rules for a model's name at a service.
  public static func of(
    _ model: String?, at service: some ImageService = .pixazo
  ) -> ModelRules {
    service.rules(of: model)
  }
}
