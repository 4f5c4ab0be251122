import ArgumentParser

extension Failure {
  /// What the argument parser found wrong, in the style of every other error.
  init(parsing error: any Error) {
    let message = Seedbank.message(for: error)
    let lines = message.split(separator: "\n", omittingEmptySubsequences: true)
    let sentence = lines.first.map(String.init) ?? "the command line is not valid"
    let advice = lines.dropFirst().map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
    self.init(
      .usage, Self.asSentence(sentence),
      hint: advice.isEmpty ? Self.pointer(for: error) : advice)
  }

  /// The parser ends its full text with "See 'seedbank show --help' for more information."
  private static func pointer(for error: any Error) -> String {
    let text = Seedbank.fullMessage(for: error)
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
    let command = quoted.last { $0.hasPrefix("seedbank") } ?? "seedbank --help"
    return "run `\(Seedbank.asTyped(text: String(command)))` for help"
  }

  /// Without its full stop and its capital, as every sentence here stands after a colon.
  private static func asSentence(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    guard let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
    return first.lowercased() + text.dropFirst()
  }
}
