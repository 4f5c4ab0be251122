/// The help text of the argument parser.
enum HelpText {
  private static let label = "USAGE: "

  /// Breaks the line of usage at spaces.
  ///
  /// The parser breaks all other lines, but not this one, which the terminal would break within
  /// words.
  ///
  /// - Parameter columns: nil for no line breaks.
  static func wrapped(_ help: String, columns: Int?) -> String {
    help.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix(label) else { return String(line) }
      return String(
        TextWrap.paragraph(
          String(line.dropFirst(label.count)), label: label, indent: label.count, columns: columns
        ).dropLast())
    }.joined(separator: "\n")
  }
}
