/// Old names of commands.
///
/// They still work, but are not listed.
enum OldSpelling {
  /// Returns the current name; nil if the words are not an old one.
  private static func current(_ first: String, _ second: String) -> [String]? {
    switch (first, second) {
    case ("search", "save"): ["saved", "add"]
    case ("search", "list"): ["saved", "list"]
    case ("search", "delete"): ["saved", "delete"]
    case ("tag", "rename"): ["tags", "rename"]
    case ("tag", "delete"): ["tags", "delete"]
    default: nil
    }
  }

  /// The arguments with the current name of the command: `search save …` is `saved add …`.
  static func replaced(in arguments: [String]) -> [String] {
    let start = arguments.first == "help" ? 1 : 0
    guard arguments.count >= start + 2,
      let command = current(arguments[start], arguments[start + 1])
    else { return arguments }
    return arguments[..<start] + command + arguments[(start + 2)...]
  }
}
