import ArgumentParser

/// How generations are printed.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case table, json, jsonl, csv, ids, paths
}

/// For commands that print generations.
struct RecordOptions: ParsableArguments {
  @Option(help: "How to print: table, json, jsonl, csv, ids or paths.")
  var format: RecordFormat = .table

  @Flag(name: .customShort("0"), help: "End each id or path with NUL instead of a line feed.")
  var nul = false

  func validate() throws {
    if nul, format != .ids, format != .paths {
      throw ValidationError("-0 goes with --format ids or --format paths")
    }
  }
}

/// For commands that print one report rather than generations.
struct ReportOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json
  }

  @Option(help: "How to print: text or json.")
  var format: Format = .text
}
