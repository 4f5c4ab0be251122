import ArgumentParser

/// How generations are printed.
enum RecordFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case table, json, jsonl, csv, ids, paths
}

/// For commands that print generations.
struct RecordOptions: ParsableArguments {
  @Option(help: "How to print.")
  var format: RecordFormat = .table

  @Flag(name: .customShort("0"), help: "End each id or path with NUL instead of a line feed.")
  var nul = false

  func validate() throws {
    if let conflict = Self.conflict(format, nul: nul) { throw ValidationError(conflict) }
  }

  /// What does not go together, in a sentence.
  static func conflict(_ format: RecordFormat, nul: Bool) -> String? {
    nul && format != .ids && format != .paths ? "-0 goes with --format ids or --format paths" : nil
  }
}

/// For commands that print one report rather than generations.
struct ReportOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, json
  }

  @Option(help: "How to print.")
  var format: Format = .text
}
