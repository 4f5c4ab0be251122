import ArgumentParser
import SeedbankProviders
import SeedbankSync

/// What is changed in a request that is made again.
struct ReproductionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Another seed.", valueName: "number"), transform: NamedValue.seed)
  var seed: Int?
  @Flag(help: "A seed drawn anew.")
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
  @Option(help: ArgumentHelp("How many, with neighbouring seeds.", valueName: "number"))
  var count = 1

  @Flag(
    help: "Take what the very same request already made of it, rather than pay for it again.")
  var reuse = false
  @Option(
    help: ArgumentHelp(
      "Write the grid as one picture, labelled, as PNG, JPEG or WebP.", valueName: "file"),
    completion: .file())
  var contactSheet: String?

  /// As many requests as one command makes.
  private static let limit = 10_000

  func validate() throws {
    if seed != nil, newSeed { throw ValidationError("--seed and --new-seed do not go together") }
    guard (1...Self.limit).contains(count) else {
      throw ValidationError("--count takes 1 to 10000")
    }
    if vary.count > 2 { throw ValidationError("a grid has two sides: give --vary at most twice") }
    guard let contactSheet else { return }
    guard (1...2).contains(vary.count + (count > 1 ? 1 : 0)) else {
      throw ValidationError("--contact-sheet shows what one or two of --vary and --count make")
    }
    guard ComparedImage.encoding(of: Path.typed(contactSheet)) != nil else {
      throw ValidationError("--contact-sheet takes the name of a .png, .jpg or .webp file")
    }
  }

  /// Whether any option is given.
  var changesAnything: Bool {
    seed != nil || newSeed || count > 1 || !changes.isEmpty || !vary.isEmpty || reuse
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
      throw ValidationError("a field is set or varied twice")
    }
    var seeds: [RequestChange] = []
    if fields.contains(.seed) {
      guard count == 1, seed == nil, !newSeed else {
        throw ValidationError("the seed is set twice")
      }
    } else {
      let choice = seed.map(SeedChoice.given) ?? (newSeed ? .drawn : .original)
      seeds = choice.changes(count: count, of: original, using: &random)
    }
    let grid = VariationGrid(fixed: fixed, axes: axes, seeds: seeds)
    guard grid.count <= Self.limit else {
      throw ValidationError("that is more than \(Self.limit) requests")
    }
    return grid
  }

  /// Whether the person said which seed, or that one is to be drawn.
  func choosesSeed(in grid: VariationGrid) -> Bool {
    seed != nil || newSeed || grid.fixed.contains { $0.field == .seed }
      || grid.axes.contains { $0.field == .seed } && count == 1
  }

  private static func change(_ text: String) throws -> RequestChange {
    guard let equals = text.firstIndex(of: "=") else {
      throw ValidationError("--set takes FIELD=VALUE, not '\(text)'")
    }
    return try RequestChange(
      field: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}
