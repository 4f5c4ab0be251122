import ArgumentParser
import SeedbankProviders
import SeedbankSync

/// The options for changing a repeated request.
struct ReproductionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Use this seed.", valueName: "number"), transform: NamedValue.seed)
  var seed: Int?
  @Flag(help: "Use a new random seed.")
  var newSeed = false
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a field, such as size=1280x720; an empty value leaves it out.",
      valueName: "field=value"), completion: .changes)
  var changes: [String] = []
  @Option(
    help: ArgumentHelp(
      "Go through several values of a field, such as seed=1..3; two fields make a grid.",
      valueName: "field=a,b"), completion: .changes)
  var vary: [String] = []
  @Option(
    help: ArgumentHelp("Number of reproductions, with consecutive seeds.", valueName: "number"))
  var count = 1

  @Flag(help: "Leave out the reference images.")
  var withoutReferences = false
  @Flag(
    help: "Use existing results of the same request instead of paying again.")
  var reuse = false
  @Option(
    help: ArgumentHelp(
      "Write the grid as one image with labels (.png, .jpg or .webp).", valueName: "file"),
    completion: .file())
  var contactSheet: String?

  /// The maximum number of requests of one command.
  private static let limit = 10_000

  func validate() throws {
    if seed != nil, newSeed { throw ValidationError("--seed and --new-seed cannot be combined") }
    guard (1...Self.limit).contains(count) else {
      throw ValidationError("--count must be a number from 1 to 10000")
    }
    if vary.count > 2 { throw ValidationError("--vary can be used at most twice") }
    guard let contactSheet else { return }
    guard (1...2).contains(vary.count + (count > 1 ? 1 : 0)) else {
      throw ValidationError("--contact-sheet needs one or two of --vary and --count")
    }
    guard ComparisonFile.encoding(of: Path.typed(contactSheet)) != nil else {
      throw ValidationError("--contact-sheet needs the name of a .png, .jpg or .webp file")
    }
  }

  /// Whether any option is given.
  var changesAnything: Bool {
    seed != nil || newSeed || count > 1 || !changes.isEmpty || !vary.isEmpty || reuse
      || withoutReferences
      || contactSheet != nil
  }

  /// The reproductions of a request with the seed `original`.
  ///
  /// - Throws: `RequestError`, `VariationError`, `ValidationError`.
  func grid(of original: Int?, using random: inout some RandomNumberGenerator) throws
    -> VariationGrid
  {
    let fixed = try changes.map(Self.change)
    let axes = try vary.map { text throws(VariationError) in try Variation(text) }
    let fields = fixed.map(\.field) + axes.map(\.field)
    guard Set(fields).count == fields.count else {
      throw ValidationError("each field can be set or varied only once")
    }
    var seeds: [RequestChange] = []
    if fields.contains(.seed) {
      guard count == 1, seed == nil, !newSeed else {
        throw ValidationError("the seed can be set only once")
      }
    } else {
      let choice = seed.map(SeedChoice.given) ?? (newSeed ? .drawn : .original)
      seeds = choice.changes(count: count, of: original, using: &random)
    }
    let grid = VariationGrid(fixed: fixed, axes: axes, seeds: seeds)
    guard grid.count <= Self.limit else {
      throw ValidationError("too many requests (maximum: \(Self.limit))")
    }
    return grid
  }

  /// Whether the user chose a seed, or asked for a new random one.
  func choosesSeed(in grid: VariationGrid) -> Bool {
    seed != nil || newSeed || grid.fixed.contains { $0.field == .seed }
      || grid.axes.contains { $0.field == .seed } && count == 1
  }

  /// The origins of the fields.
  var origins: FieldOrigins {
    FieldOrigins(modelOption: "--set model=") { parameter in
      guard let field = RequestField(rawValue: parameter.rawValue) else { return nil }
      if vary.contains(where: { Self.names(field, $0) }) {
        return "omit --vary \(field.rawValue)"
          + (field == .seed ? "; --count makes several images without a seed" : "")
      }
      if field == .seed {
        if newSeed { return "omit --new-seed" }
        if seed != nil { return "omit --seed" }
        return changes.first { Self.names(field, $0) }.map { "omit --set \($0)" }
      }
      // Without the option, the value of the original would be sent.
      return "leave it out: --set \(field.rawValue)="
    }
  }

  private static func names(_ field: RequestField, _ option: String) -> Bool {
    option.hasPrefix(field.rawValue + "=")
  }

  private static func change(_ text: String) throws -> RequestChange {
    guard let equals = text.firstIndex(of: "=") else {
      throw ValidationError("'\(text)' is not valid for --set (expected FIELD=VALUE)")
    }
    return try RequestChange(
      field: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}
