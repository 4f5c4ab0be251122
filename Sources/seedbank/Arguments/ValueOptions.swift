/// The options that take a value, of all commands together.
///
/// Only the words of a query that holds a word with a dash are sorted by it, which asking the parser
/// for its own list would make slow. A test compares the two.
enum ValueOptions {
  private static let names: Set<String> = [
    "--add", "--after", "--as", "--budget", "--color", "--columns", "--contact-sheet", "--count",
    "--deadline",
    "--exclude",
    "--extract", "--format", "--from", "--from-format", "--group", "--group-by",
    "--guidance-scale", "--host",
    "--html",
    "--image", "--images", "--jobs", "--library", "--limit", "--link", "--max-bytes", "--max-cost",
    "--max-pixels",
    "--metadata", "--model", "--name", "--picture", "--port", "--provider", "--ready-file",
    "--reference", "--remote",
    "--remove",
    "--response-format", "--sample",
    "--seed", "--set", "--sheet-cell", "--sheet-columns", "--sheet-format", "--sheet-rows",
    "--size", "--sort", "--stars", "--tag", "--title", "--to", "--vary", "--within", "--without",
    "-f", "-j", "-l", "-o",
  ]

  /// The options of such a name that are flags, by command.
  private static let flags: [String: Set<String>] = [
    "export": ["--contact-sheet"], "search": ["--count"], "show": ["--metadata"],
  ]

  static func takesValue(_ option: String, of command: String) -> Bool {
    names.contains(option) && flags[command]?.contains(option) != true
  }
}
