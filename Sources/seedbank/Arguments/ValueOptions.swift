/// The options with a value, of all commands.
///
/// It is used to sort the words of a query that contains a word with a dash. Asking the parser for its
/// list would be slow. A test compares both.
enum ValueOptions {
  private static let names: Set<String> = [
    "--add", "--after", "--as", "--bandwidth", "--budget", "--color", "--columns",
    "--contact-sheet", "--count",
    "--deadline",
    "--exclude",
    "--extract", "--format", "--from", "--from-format", "--grace", "--group", "--group-by",
    "--guidance-scale", "--host",
    "--html",
    "--image", "--images", "--jobs", "--library", "--limit", "--link", "--max-bytes", "--max-cost",
    "--max-pixels",
    "--metadata", "--model", "--name", "--optimize-prompt", "--output-format", "--picture",
    "--port", "--provider", "--ready-file",
    "--reference", "--remote",
    "--remove",
    "--response-format", "--sample",
    "--seed", "--set", "--sheet-cell", "--sheet-columns", "--sheet-format", "--sheet-rows",
    "--size", "--sort", "--stars", "--tag", "--title", "--to", "--vary", "--within", "--without",
    "-f", "-j", "-l", "-o",
  ]

  /// Options with one of these names that are flags, by command.
  private static let flags: [String: Set<String>] = [
    "export": ["--contact-sheet"], "search": ["--count"], "show": ["--metadata"],
  ]

  static func takesValue(_ option: String, of command: String) -> Bool {
    names.contains(option) && flags[command]?.contains(option) != true
  }
}
