import ArgumentParser

extension Failure {
  /// What the argument parser found wrong, in the style of every other error.
  init(parsing error: any Error) {
    let message = Seedbank.message(for: error)
    if let typed = Self.unknownShortOption(message) {
      self = ShortOption.unknown(typed, of: Self.command(for: error))
      return
    }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: true)
    let sentence = lines.first.map(String.init) ?? "the command line is not valid"
    let advice = lines.dropFirst().map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
    self.init(
      .usage, Self.asSentence(sentence),
      hint: advice.isEmpty ? Self.pointer(for: error) : advice)
  }

  /// The parser ends its full text with "See 'seedbank show --help' for more information."
  private static func pointer(for error: any Error) -> String {
    let words = ["seedbank", command(for: error), "--help"].filter { !$0.isEmpty }
    return "run `\(words.joined(separator: " "))` for help"
  }

  /// The command whose arguments were read, without the program's name.
  private static func command(for error: any Error) -> String {
    let text = Seedbank.fullMessage(for: error)
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
    let command = quoted.last { $0.hasPrefix("seedbank") } ?? ""
    return command.split(separator: " ").filter { $0 != "seedbank" && $0 != "--help" }
      .joined(separator: " ")
  }

  /// `-n`, if the parser refused it as an option that the command does not have.
  private static func unknownShortOption(_ message: String) -> String? {
    guard let start = message.firstRange(of: "Unknown option '-")?.upperBound else { return nil }
    let rest = message[start...]
    guard let letter = rest.first, letter != "-", rest.dropFirst().first == "'" else { return nil }
    return "-\(letter)"
  }

  /// Without its full stop and its capital, as every sentence here stands after a colon.
  private static func asSentence(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    guard let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
    return first.lowercased() + text.dropFirst()
  }
}
