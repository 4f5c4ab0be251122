import ArgumentParser

/// Output formats.
///
/// All commands use the same names, and each supports some of them.
enum OutputFormat: String, CaseIterable, Sendable {
  case table, json, jsonl, csv, ids, paths

  /// Reads a name; `text` is an older name of `table`.
  init?(typed text: String) {
    guard let format = text == "text" ? .table : Self(rawValue: text) else { return nil }
    self = format
  }

  /// Reads the name of one of the given formats.
  static func reading(
    _ formats: [OutputFormat]
  ) -> @Sendable (_ text: String) throws -> OutputFormat {
    { text in
      guard let format = OutputFormat(typed: text), formats.contains(format) else {
        throw ValidationError("--format takes \(OutputFormat.list(formats)), not '\(text)'")
      }
      return format
    }
  }

  /// Whether a single report is printed as a JSON object.
  var isJSON: Bool { self == .json || self == .jsonl }

  /// `table, json or jsonl`.
  static func list(_ formats: [OutputFormat]) -> String {
    let names = formats.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1]
  }

  /// The format by both options.
  static func chosen(_ format: OutputFormat?, json: Bool) -> OutputFormat {
    json ? .json : format ?? .table
  }

  /// The error sentence for two formats.
  static func conflict(_ format: OutputFormat?, json: Bool) -> String? {
    guard json, let format, format != .json else { return nil }
    return "--json and --format \(format.rawValue) cannot be combined"
  }
}

extension OutputFormat: ExpressibleByArgument {
  init?(argument: String) { self.init(typed: argument) }
}
