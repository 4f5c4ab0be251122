import ArgumentParser

/// Turns the words as typed into words that the argument parser reads in the same sense.
///
/// Four things are beyond it: options before the command; a query word such as `-tag:draft`, which it takes for an option; a
/// command of two words whose first is a command with words of its own (`search save`); and a guess
/// at what a mistyped command was meant to be.
enum CommandLineArguments {
  /// - Throws: `Failure` where the first word is no command.
  static func prepared(_ arguments: [String]) throws -> [String] {
    let joined = withParserNames(arguments)
    guard let name = joined.first, !name.hasPrefix("-") else { return joined }
    guard var path = commandPath(joined) else { throw unknownCommand(name) }
    let rest = Array(joined.dropFirst(path.count))
    guard rest.contains(where: isWordWithDash) else { return joined }
    path += markingWords(rest, of: path.joined(separator: " "))
    return path
  }

  /// The words with the command first, under the name that it has in the parser's tree.
  static func withParserNames(_ arguments: [String]) -> [String] {
    joiningCompound(withOptionsBehindCommand(arguments))
  }

  /// `--library DIR search …` is `search … --library DIR`.
  private static func withOptionsBehindCommand(_ arguments: [String]) -> [String] {
    var options: [String] = []
    var rest = arguments[...]
    while let first = rest.first, let name = first.split(separator: "=").first.map(String.init),
      ["--library", "--color", "--quiet"].contains(name)
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

  /// `search save …` is the command `search-save`, unless `--` stands between.
  private static func joiningCompound(_ arguments: [String]) -> [String] {
    var arguments = arguments
    let start = arguments.first == "help" ? 1 : 0
    guard arguments.count >= start + 2 else { return arguments }
    let name = arguments[start] + "-" + arguments[start + 1]
    if Seedbank.compoundCommands.contains(name) {
      arguments.replaceSubrange(start...start + 1, with: [name])
    }
    return arguments
  }

  /// The words in front that name a command, or nil where the first names none.
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
    command.configuration.commandName == name || command.configuration.aliases.contains(name)
  }

  private static func unknownCommand(_ name: String) -> Failure {
    let configurations = Seedbank.configuration.subcommands.map { $0.configuration }
    let names = configurations.filter(\.shouldDisplay).compactMap(\.commandName)
    let nearest = Suggestion.nearest(to: name, among: names)
    return Failure(
      .usage, "there is no command '\(name)'",
      hint: nearest.map { "did you mean '\(Seedbank.asTyped($0))'?" }
        ?? "`seedbank --help` lists the commands")
  }

  /// Options first, then `--`, then every other word in its order.
  private static func markingWords(_ arguments: [String], of command: String) -> [String] {
    var options: [String] = []
    var words: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        break
      } else if argument.hasPrefix("--") || shortOptions.contains(argument) {
        options.append(argument)
        if ValueOptions.takesValue(argument, of: command), let value = rest.first, !isOption(value)
        {
          options.append(value)
          rest.removeFirst()
        }
      } else {
        words.append(argument)
      }
    }
    return options + ["--"] + words
  }

  /// The only options with one dash; every other word with one is text.
  private static let shortOptions: Set<String> = ["-0", "-h", "-y"]

  private static func isWordWithDash(_ argument: String) -> Bool {
    argument.count > 1 && argument.hasPrefix("-") && !argument.hasPrefix("--")
      && !shortOptions.contains(argument)
  }

  private static func isOption(_ argument: String) -> Bool {
    argument.count > 1 && argument.hasPrefix("-")
  }
}
