/// The options that take a value, of all commands together.
///
/// Only the words of a query that holds a word with a dash are sorted by it, which asking the parser
/// for its own list would make slow. A test compares the two and prints what is missing.
enum ValueOptions {
  static let names: Set<String> = [
    "--as", "--color", "--count", "--format", "--html", "--image", "--library", "--limit",
    "--link", "--picture", "--tag", "--to", "--within",
  ]
}
