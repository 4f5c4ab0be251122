import ArgumentParser

extension Failure {
  /// The errors of the argument parser, in the style of all other errors.
  init(parsing error: any Error) {
    let message = Seedbank.message(for: error)
    if let typed = Self.unknownShortOption(message) {
      self = ShortOption.unknown(typed, of: Self.command(for: error))
      return
    }
    if let unknown = Self.unknownSubcommand(message, of: Self.command(for: error)) {
      self = unknown
      return
    }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: true)
    let sentence = lines.first.map(String.init) ?? "the command line is not valid"
    let advice = lines.dropFirst().map { $0.drop(while: \.isWhitespace) }.joined(separator: "; ")
    self.init(
      .usage, Self.asSentence(sentence),
      hint: advice.isEmpty ? Self.pointer(for: error) : advice)
  }

  /// The parser ends its full text with "See 'seedbank show --help' for more information.".
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

  /// The error for `remote foo`, which the parser reads as `remote list foo`.
  private static func unknownSubcommand(_ message: String, of command: String) -> Failure? {
    let path = command.split(separator: " ").map(String.init)
    guard message.contains("nexpected argument"), path.count == 2,
      let word = message.split(separator: "'").dropFirst().first.map(String.init),
      !RawText.arguments().contains(path[1]),
      let group = try? CommandDump.ofThisProgram().command.subcommands?
        .first(where: { $0.commandName == path[0] })
    else { return nil }
    let known = group.shownCommands.map(\.commandName)
    let nearest = Suggestion.nearest(to: word, among: known)
    return Failure(
      .usage, "the command '\(path[0]) \(word)' does not exist",
      hint: nearest.map { "did you mean \(PositionalForm.quoted([path[0], $0]))?" }
        ?? "`seedbank \(path[0]) --help` lists its commands")
  }

  /// `-n`, if the parser refused it as an unknown option.
  private static func unknownShortOption(_ message: String) -> String? {
    guard let start = message.firstRange(of: "Unknown option '-")?.upperBound else { return nil }
    let rest = message[start...]
    guard let letter = rest.first, letter != "-", rest.dropFirst().first == "'" else { return nil }
    return "-\(letter)"
  }

  /// The sentence without its full stop and capital, because it follows a colon.
  private static func asSentence(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    guard let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
    return first.lowercased() + text.dropFirst()
  }
}
