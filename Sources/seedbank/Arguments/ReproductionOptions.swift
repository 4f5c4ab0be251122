import ArgumentParser
import Gateway
import Sync

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
      "Another value; an empty one leaves the field out.", valueName: "field=value"))
  var changes: [String] = []
  @Option(
    help: ArgumentHelp(
      "A field through several values: seed=1..3; two make a grid.", valueName: "field=a,b"))
  var vary: [String] = []
  @Option(help: ArgumentHelp("How many, with neighbouring seeds.", valueName: "number"))
  var count = 1

  /// As many requests as one command makes.
  private static let limit = 10_000

  func validate() throws {
    if seed != nil, newSeed { throw ValidationError("--seed and --new-seed do not go together") }
    guard (1...Self.limit).contains(count) else {
      throw ValidationError("--count takes 1 to 10000")
    }
    if vary.count > 2 { throw ValidationError("a grid has two sides: give --vary at most twice") }
  }

  /// Whether any option is given.
  var changesAnything: Bool {
    seed != nil || newSeed || count > 1 || !changes.isEmpty || !vary.isEmpty
  }

  /// The changes of each reproduction of a request with the seed `original`.
  ///
  /// - Throws: `RequestError`, `VariationError`, `ValidationError`.
  func cells(of original: Int?, using random: inout some RandomNumberGenerator) throws
    -> [[RequestChange]]
  {
    let fixed = try changes.map(Self.change)
    let grid = Variation.grid(try vary.map { text throws(VariationError) in try Variation(text) })
    let variesSeed = (fixed + grid[0]).contains { $0.field == .seed }
    let seeds: [[RequestChange]]
    if variesSeed {
      guard count == 1, seed == nil, !newSeed else {
        throw ValidationError("the seed is set twice")
      }
      seeds = [[]]
    } else {
      let choice = seed.map(SeedChoice.given) ?? (newSeed ? .drawn : .original)
      seeds = choice.changes(count: count, of: original, using: &random).map { [$0] }
    }
    guard grid.count * seeds.count <= Self.limit else {
      throw ValidationError("that is more than \(Self.limit) requests")
    }
    return grid.flatMap { row in seeds.map { fixed + row + $0 } }
  }

  private static func change(_ text: String) throws -> RequestChange {
    guard let equals = text.firstIndex(of: "=") else {
      throw ValidationError("--set takes FIELD=VALUE, not '\(text)'")
    }
    return try RequestChange(
      field: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}
