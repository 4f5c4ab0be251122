import ArgumentParser

/// Turns the words as typed into words that the argument parser reads in the same sense.
///
/// These things are beyond it: options before the command; a query word such as `-tag:draft`, which it
/// takes for an option; older spellings of commands; forms that people try, such as `undo 3`; and a guess
/// at what a mistyped command or option was meant to be.
enum CommandLineArguments {
  /// - Throws: a `Failure` of status 64 if the first word is not a command, if a one-letter option does
  ///   not exist, or if words stand where the command needs an option.
  static func prepared(_ arguments: [String]) throws -> [String] {
    let current = withCurrentNames(arguments)
    guard let name = current.first, !name.hasPrefix("-") else { return current }
    guard let path = commandPath(current) else {
      throw CommandSynonym.failure(for: name, rest: Array(current.dropFirst()))
    }
    let rest = Array(current.dropFirst(path.count))
    let words = try TypedWords(rest, of: path.joined(separator: " "))
    let corrected = try PositionalForm.corrected(words, of: path)
    if corrected == words, !words.needsSorting { return current }
    return path + corrected.arguments
  }

  /// Returns the words with the command first, under the name that it has today.
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
    // What stands behind two dashes is text.
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + options + Array(rest[end...])
  }

  /// The words in front that name a command, or nil if the first names none.
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

  private static func answers(_ command: any ParsableCommand.Type, to name: String) -> Bool {
    let configuration = command.configuration
    return command._commandName == name || configuration.aliases.contains(name)
  }
}
