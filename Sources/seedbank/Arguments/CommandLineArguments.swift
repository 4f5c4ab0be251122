import ArgumentParser

/// Translates the typed words into words that the argument parser understands.
///
/// The parser does not support these: options before the command; query words such as `-tag:draft`, which
/// look like options; old names of commands; forms that users try, such as `undo 3`; and suggestions for
/// misspelled commands and options.
enum CommandLineArguments {
  /// - Throws: a `Failure` of status 64 if the first word is not a command, if a one-letter option does
  ///   not exist, or if words are used where the command needs an option.
  static func prepared(_ arguments: [String]) throws -> [String] {
    let current = withCurrentNames(arguments)
    guard let name = current.first, !name.hasPrefix("-") else { return current }
    guard let path = commandPath(current) else {
      throw CommandSynonym.failure(for: name, rest: Array(current.dropFirst()))
    }
    let rest = Array(current.dropFirst(path.count))
    let words = try TypedWords(rest, of: path.joined(separator: " "))
    try refuseKey(in: words, of: path)
    let corrected = try PositionalForm.corrected(words, of: path)
    if corrected == words, !words.needsSorting { return current }
    return path + corrected.arguments
  }

  /// Returns the words with the command first, under its current name.
  static func withCurrentNames(_ arguments: [String]) -> [String] {
    OldSpelling.replaced(in: withOptionsBehindCommand(arguments))
  }

  /// `--library DIR search …` is `search … --library DIR`.
  private static func withOptionsBehindCommand(_ arguments: [String]) -> [String] {
    var options: [String] = []
    var rest = arguments[...]
    while let first = rest.first, let name = first.split(separator: "=").first.map(String.init),
      ["--library", "--color", "--quiet", "-q"].contains(name)
    {
      options.append(first)
      rest.removeFirst()
      if name == first, ValueOptions.takesValue(name, of: ""), let value = rest.popFirst() {
        options.append(value)
      }
    }
    guard let command = rest.first, !command.hasPrefix("-"), !options.isEmpty else {
      return arguments
    }
    // Words after two dashes are text.
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + options + Array(rest[end...])
  }

  /// The first words that name a command, or nil if the first word does not.
  private static func commandPath(_ arguments: [String]) -> [String]? {
    var path: [String] = []
    var commands = Seedbank.configuration.subcommands
    for argument in arguments {
      guard let command = commands.first(where: { answers($0, to: argument) }) else { break }
      path.append(argument)
      commands = command.configuration.subcommands
    }
    return path.isEmpty && arguments.first != "help" ? nil : path
  }

  static func answers(_ command: any ParsableCommand.Type, to name: String) -> Bool {
    let configuration = command.configuration
    return command._commandName == name || configuration.aliases.contains(name)
  }
}
