import ArgumentParser
import SeedbankGallery
import SeedbankImaging
import SeedbankStorage

/// The options for the files of an import.
struct ImportArguments: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Skip matching files and folders; can be repeated. * and ? match within a name, ** also across folders. A pattern with / matches the path below the named folder.",
      valueName: "glob"))
  var exclude: [String] = []

  @Flag(help: "Also import thumbnails and caches of other programs.")
  var includeThumbnails = false

  @Option(
    help: ArgumentHelp("Largest file, in bytes (default: 64M).", valueName: "bytes"))
  var maxBytes: Magnitude?

  @Option(
    help: ArgumentHelp("Largest image, in pixels (default: 100M).", valueName: "pixels"))
  var maxPixels: Magnitude?

  @Flag(name: [.long, .customShort("v")], help: "List every skipped file.")
  var verbose = false

  func validate() throws {
    for pattern in exclude where Glob(Path.typed(pattern)) == nil {
      throw ValidationError("'\(Path.typed(pattern))' is not a valid pattern: its [ is not closed")
    }
  }

  /// Applies these arguments.
  func apply(to options: inout ImportOptions) {
    options.excluding = exclude.compactMap { Glob(Path.typed($0)) }
    options.includesThumbnails = includeThumbnails
    if let maxBytes { options.limits.bytes = maxBytes.binary }
    if let maxPixels { options.limits.pixels = maxPixels.decimal }
  }
}

/// A whole number with an optional K, M or G.
struct Magnitude: ExpressibleByArgument, Equatable {
  private let number: Int
  private let power: Int

  init?(argument: String) {
    var digits = argument[...]
    switch digits.last {
    case "K", "k": power = 1
    case "M", "m": power = 2
    case "G", "g": power = 3
    default: power = 0
    }
    if power > 0 { digits.removeLast() }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
      number > 0
    else { return nil }
    self.number = number
  }

  /// With K as 1024: for bytes.
  var binary: Int { scaled(by: 1024) }
  /// With K as 1000: for counts.
  var decimal: Int { scaled(by: 1000) }

  private func scaled(by unit: Int) -> Int {
    (0..<power).reduce(number) { value, _ in
      let (product, overflow) = value.multipliedReportingOverflow(by: unit)
      return overflow ? .max : product
    }
  }
}
