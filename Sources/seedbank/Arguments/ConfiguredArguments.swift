/// Puts the config file's aliases and default options into the arguments.
///
/// This is also where the file is checked, so that every command refuses an unknown key or a wrong value.
/// Help, and commands that repair the file, work with any file.
enum ConfiguredArguments {
  /// - Throws: `Failure` of status 78 if the config file or a variable has a fault.
  static func prepared(_ arguments: [String], _ environment: Environment) throws -> [String] {
    guard let place = commandIndex(arguments) else { return arguments }
    let name = arguments[place]
    let options = arguments[..<(arguments.firstIndex(of: "--") ?? arguments.endIndex)]
    if isCompletion(options) { return arguments }
    if name == "help" || options.contains("--help") || options.contains("-h") {
      return try forHelp(arguments, at: place, environment)
    }
    if exempt.contains(name) || options.contains("--version") { return arguments }
    let file = try ConfigFile.read(environment.configFile)
    guard file != nil || hasSettings(environment) else { return arguments }
    let settings = Settings(environment: environment, file: file)
    try settings.check()
    let expanded = try expanding(arguments, at: place, settings)
    let current = expanded[..<place] + OldSpelling.replaced(in: Array(expanded[place...]))
    return try withDefaults(Array(current), of: current[place], settings)
  }

  private static let exempt: Set<String> = ["config", "doctor", "documentation"]

  private static func isCompletion(_ options: ArraySlice<String>) -> Bool {
    options.contains { $0.hasPrefix("--generate-completion-script") || $0.hasPrefix("---") }
  }

  private static func hasSettings(_ environment: Environment) -> Bool {
    Setting.allCases.contains { $0 != .library && environment[$0.variable] != nil }
  }

  /// The position of the command, after options that precede it.
  private static func commandIndex(_ arguments: [String]) -> Int? {
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("-") {
      index += ["--library", "--color"].contains(arguments[index]) ? 2 : 1
    }
    return index < arguments.count ? index : nil
  }

  private static func expanding(
    _ arguments: [String], at place: Int, _ settings: Settings
  ) throws -> [String] {
    guard let command = try words(ofAlias: arguments[place], settings) else { return arguments }
    return arguments[..<place] + command + arguments[(place + 1)...]
  }

  /// The arguments of a call for help, in which the command of an alias replaces its name.
  ///
  /// If the config file has a fault, it has no aliases.
  private static func forHelp(
    _ arguments: [String], at place: Int, _ environment: Environment
  ) throws -> [String] {
    guard let file = try? ConfigFile.read(environment.configFile) else { return arguments }
    let settings = Settings(environment: environment, file: file)
    guard arguments[place] == "help" else {
      return try expanding(arguments, at: place, settings)
    }
    let next = place + 1
    guard next < arguments.count, HelpTopic(rawValue: arguments[next]) == nil,
      let command = try words(ofAlias: arguments[next], settings)
    else { return arguments }
    return arguments[..<next] + Array(command.prefix(1)) + arguments[(next + 1)...]
  }

  /// The words of an alias; nil for other names.
  private static func words(ofAlias name: String, _ settings: Settings) throws -> [String]? {
    guard !isCommand(name), let alias = try settings.alias(name) else { return nil }
    guard let words = command(alias.value) else {
      throw Failure(
        .notConfigured, "the alias '\(name)' is not a valid command: \(alias.value)",
        hint: "`seedbank config set aliases.\(name) 'search rating:4..'` sets it")
    }
    return words
  }

  /// The words of a command line; nil if it does not begin with a command, or a quote is not closed.
  static func command(_ line: String) -> [String]? {
    guard let words = ShellWords.split(line), let first = words.first, isCommand(first) else {
      return nil
    }
    return words
  }

  static func isCommand(_ name: String) -> Bool {
    Seedbank.configuration.subcommands.contains {
      $0.configuration.commandName == name || $0.configuration.aliases.contains(name)
    }
  }

  /// The options of the settings, unless they are given.
  private static func withDefaults(
    _ arguments: [String], of command: String, _ settings: Settings
  ) throws -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let options = arguments[..<end]
    func isGiven(_ names: String...) -> Bool {
      options.contains { option in
        // In `-fog`, the letter is not an option.
        let name = ShortOption(option)?.typed ?? option
        return names.contains { name == $0 || name.hasPrefix($0 + "=") }
      }
    }
    var added: [String] = []
    func add(_ option: String, _ setting: Setting) throws -> String? {
      guard let value = try settings.checkedText(setting)?.value else { return nil }
      added += [option, value]
      return value
    }
    if !isGiven("--color") { _ = try add("--color", .color) }
    if command == SearchCommand.commandName, !isGiven("--count", "--facets", "-0") {
      let format =
        try isGiven("--format", "--json", "-f")
        ? Self.format(in: options) : add("--format", .format) ?? "table"
      let isTable = format.flatMap { OutputFormat(typed: $0) } == .table
      if isTable, !isGiven("--columns") { _ = try add("--columns", .columns) }
      if isTable, !isGiven("--limit", "-l") { _ = try add("--limit", .limit) }
    }
    return options + added + arguments[end...]
  }

  /// The value of `--format`; nil without the option.
  private static func format(in options: ArraySlice<String>) -> String? {
    var rest = options
    while let word = rest.popFirst() {
      if let short = ShortOption(word), short.long == "--format" {
        return short.value ?? rest.first
      }
      if word == "--format" { return rest.first }
      if word.hasPrefix("--format=") { return String(word.dropFirst("--format=".count)) }
    }
    return nil
  }
}
