/// The help of a command as the argument parser writes it.
enum HelpText {
  private static let label = "USAGE: "

  /// Breaks the line of usage at spaces. The parser breaks all other lines, but leaves this one to the
  /// terminal, which breaks it within words.
  ///
  /// - Parameter columns: nil if nothing is to be broken.
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
