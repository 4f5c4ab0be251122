import ArgumentParser

/// The options for printing generations.
struct RecordOptions: ParsableArguments {
  @Option(
    name: [.customLong("format"), .customShort("f")],
    help: "Output format (default: table).")
  var chosenFormat: OutputFormat?

  @Flag(help: "Short for --format json.")
  var json = false

  @Flag(name: .customShort("0"), help: "End each id or path with NUL instead of a line feed.")
  var nul = false

  var format: OutputFormat { OutputFormat.chosen(chosenFormat, json: json) }

  func validate() throws {
    let conflict =
      OutputFormat.conflict(chosenFormat, json: json) ?? Self.conflict(format, nul: nul)
    if let conflict { throw ValidationError(conflict) }
  }

  /// The error sentence for options that cannot be combined.
  static func conflict(_ format: OutputFormat, nul: Bool) -> String? {
    nul && format != .ids && format != .paths ? "-0 needs --format ids or --format paths" : nil
  }
}

/// Options that choose the format of an output.
protocol FormatOptions: ParsableArguments {
  var chosenFormat: OutputFormat? { get }
  var json: Bool { get }
}

extension FormatOptions {
  var format: OutputFormat { OutputFormat.chosen(chosenFormat, json: json) }

  func validate() throws {
    if let conflict = OutputFormat.conflict(chosenFormat, json: json) {
      throw ValidationError(conflict)
    }
  }
}

/// The options for printing other lists.
struct ListOptions: FormatOptions {
  static let formats: [OutputFormat] = [.table, .json, .jsonl, .csv, .ids]

  @Option(
    name: [.customLong("format"), .customShort("f")],
    help: ArgumentHelp(
      "Output format: table, json, jsonl, csv, or ids for only the name or number of each entry (default: table).",
      valueName: "format"),
    completion: .list(ListOptions.formats.map(\.rawValue)),
    transform: OutputFormat.reading(ListOptions.formats))
  var chosenFormat: OutputFormat?

  @Flag(help: "Short for --format json.")
  var json = false
}

/// The options for printing a report.
struct ReportOptions: FormatOptions {
  static let formats: [OutputFormat] = [.table, .json]

  @Option(
    name: [.customLong("format"), .customShort("f")],
    help: ArgumentHelp("Output format: table or json (default: table).", valueName: "format"),
    completion: .list(ReportOptions.formats.map(\.rawValue)),
    transform: OutputFormat.reading(ReportOptions.formats))
  var chosenFormat: OutputFormat?

  @Flag(help: "Short for --format json.")
  var json = false
}

/// For commands whose output is JSON Lines in any case.
struct JSONLinesOption: ParsableArguments {
  @Flag(help: "Changes nothing: the output is always one JSON object on each line.")
  var json = false
}
