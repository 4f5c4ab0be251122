/// The discussion of a command, separated from its examples.
struct CommandText {
  /// Paragraphs, each on one line.
  let paragraphs: [String]
  /// The examples.
  let examples: [String]

  init(_ discussion: String?) {
    let parts = (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    let start = parts.firstIndex(of: "EXAMPLES") ?? parts.endIndex
    paragraphs = parts[..<start].split(separator: "").map { $0.joined(separator: " ") }
    examples = parts[start...].dropFirst()
      .map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
  }
}
