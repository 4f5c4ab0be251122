/// Puts the config file's aliases and default options into the arguments.
///
/// This is also where the file is checked, so that every command refuses an unknown key or a wrong value.
/// Help, and commands that repair the file, work with any file.
enum ConfiguredArguments {
  /// - Throws: `Failure` of status 78 if the config file or a variable has a fault.
  static func prepared(_ arguments: [String], _ environment: Environment) throws -> [String] {
    guard let place = commandIndex(arguments), !isExempt(arguments, place) else { return arguments }
    let file = try ConfigFile.read(environment.configFile)
    guard file != nil || hasSettings(environment) else { return arguments }
    let settings = Settings(environment: environment, file: file)
    try settings.check()
    let expanded = try expanding(arguments, at: place, settings)
    let current = expanded[..<place] + OldSpelling.replaced(in: Array(expanded[place...]))
    return try withDefaults(Array(current), of: current[place], settings)
  }

  private static let exempt: Set<String> = ["config", "doctor", "help", "documentation"]

  private static func isExempt(_ arguments: [String], _ place: Int) -> Bool {
    if exempt.contains(arguments[place]) { return true }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return arguments[..<end].contains {
      ["--help", "-h", "--version"].contains($0) || $0.hasPrefix("--generate-completion-script")
        || $0.hasPrefix("---")
    }
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
    let name = arguments[place]
    guard !isCommand(name), let alias = try settings.alias(name) else { return arguments }
    guard let words = ShellWords.split(alias.value), let first = words.first, isCommand(first)
    else {
      throw Failure(
        .notConfigured, "the alias '\(name)' is not a valid command: \(alias.value)",
        hint: "`seedbank config set aliases.\(name) 'search rating:4..'` sets it")
    }
    return arguments[..<place] + words + arguments[(place + 1)...]
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
      let isFormatGiven = isGiven("--format", "--json", "-f")
      let format = isFormatGiven ? nil : try add("--format", .format)
      let isTable = !isFormatGiven && (format ?? "table") == "table"
      if isTable, !isGiven("--columns") { _ = try add("--columns", .columns) }
      if isTable, !isGiven("--limit", "-l") { _ = try add("--limit", .limit) }
    }
    return options + added + arguments[end...]
  }
}
