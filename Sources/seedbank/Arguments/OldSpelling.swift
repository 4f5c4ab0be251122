/// Old names of commands.
///
/// They still work, but are not listed.
enum OldSpelling {
  private static let commands: [[String]: [String]] = [
    ["search", "save"]: ["saved", "add"], ["search", "list"]: ["saved", "list"],
    ["search", "delete"]: ["saved", "delete"], ["tag", "rename"]: ["tags", "rename"],
    ["tag", "delete"]: ["tags", "delete"],
  ]

  /// The arguments with the current name of the command: `search save …` is `saved add …`.
  static func replaced(in arguments: [String]) -> [String] {
    let start = arguments.first == "help" ? 1 : 0
    guard arguments.count >= start + 2,
      let command = commands[Array(arguments[start...start + 1])]
    else { return arguments }
    return arguments[..<start] + command + arguments[(start + 2)...]
  }
}
