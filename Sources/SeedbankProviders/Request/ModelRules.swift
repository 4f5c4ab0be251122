/// What is known of a family of models: the one table to change when the gateway's page does.
public struct ModelRules: Equatable, Sendable {
  /// How the names of the family begin, `seedream-4-0-*`; nil for rules of no family.
  public let family: String?
  /// The sizes that the model takes.
  public let sizes: SizeRule
  /// What the model does with a seed.
  public let seed: SeedHandling
  /// Whether the model takes a guidance scale.
  public let guidance: GuidanceRule

  /// What a model does with a seed.
  public enum SeedHandling: Equatable, Sendable {
    /// Accepted, and the maker says that it is honoured: "similar", never "identical".
    case documented
    /// Some clients send it, the maker's page does not list it.
    case disputed
    /// The model is not in the table.
    case unknown
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

extension ModelRules {
  /// Families by the beginning of the name, versions and dates following it. The maker's own
  /// service writes the same names behind `doubao-`.
  ///
  /// Sources: seedream-3 and its sizes from the gateway's page "Seedream 4.0 API"; the rest from the
  /// model maker's public API reference. Families that are not listed are warned of, never blocked.
  static let table: [(prefix: String, rules: ModelRules)] = [
    ("seedream-3-0-t2i", seedream3),
    ("seedream-4-0", seedream4),
    ("seedream-4-5", seedream45),
    ("seedream-5-0", seedream5),
  ]

  static let seedream3 = ModelRules(
    family: "seedream-3-0-t2i-*",
    sizes: SizeRule(
      presets: [],
      pixels: .sides(512...2048),
      recommended: [
        (1024, 1024), (864, 1152), (1152, 864), (1280, 720), (720, 1280), (832, 1248), (1248, 832),
        (1512, 648),
      ].map { .pixels(width: $0.0, height: $0.1) }),
    seed: .documented,
    guidance: .accepted(1...10, standard: 2.5))

  static let seedream4 = ModelRules(
    family: "seedream-4-0-*",
    sizes: SizeRule(
      presets: [.one, .two, .four],
      pixels: .area(921_600...16_777_216, ratio: (1.0 / 16)...16),
      recommended: []),
    seed: .disputed,
    guidance: .notAccepted)

  static let seedream45 = ModelRules(
    family: "seedream-4-5-*",
    sizes: SizeRule(
      presets: [.two, .four], pixels: .area(3_686_400...16_777_216, ratio: nil), recommended: []),
    seed: .disputed,
    guidance: .notAccepted)

  static let seedream5 = ModelRules(
    family: "seedream-5-0-*",
    sizes: SizeRule(presets: ImageSize.Preset.allCases, pixels: .any, recommended: []),
    seed: .disputed,
    guidance: .notAccepted)

  /// The families that are known, the gateway's own choice first.
  public static let families = table.map(\.rules)

  /// A model or endpoint id that is in no row: everything well formed is let through.
  public static let unknown = ModelRules(
    family: nil,
    sizes: SizeRule(presets: ImageSize.Preset.allCases, pixels: .any, recommended: []),
    seed: .unknown,
    guidance: .unknown)

  /// The rules for a model's name. Without a name the gateway chooses, and its page's own rules,
  /// those of seedream-3, hold.
  public static func of(_ model: String?) -> ModelRules {
    guard let model else { return seedream3 }
    let lowered = model.lowercased()
    let name = lowered.hasPrefix("doubao-") ? lowered.dropFirst("doubao-".count) : lowered[...]
    return table.first { name.hasPrefix($0.prefix) }?.rules ?? unknown
  }
}
