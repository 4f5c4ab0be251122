/// A key of the config file: a setting, or an alias.
enum ConfigKey: Equatable, Sendable {
  case setting(Setting)
  /// A name for a command with arguments.
  case alias(String)

  static let aliasPrefix = "aliases"

  /// Nil if there is no such key.
  init?(_ text: String) {
    if let setting = Setting(rawValue: text) {
      self = .setting(setting)
      return
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == Self.aliasPrefix, Self.isName(parts[1]) else { return nil }
    self = .alias(String(parts[1]))
  }

  /// - Throws: `Failure` of status 64 with the nearest key.
  init(typed text: String) throws {
    guard let key = ConfigKey(text) else {
      let known = Setting.allCases.map(\.rawValue)
      throw Failure(
        .usage, "unknown key '\(text)'",
        hint: Suggestion.nearest(to: text, among: known).map { "did you mean '\($0)'?" }
          ?? "`seedbank config` lists the keys; aliases are aliases.NAME")
    }
    self = key
  }

  /// The names from the top of the file to the value.
  var components: [String] {
    switch self {
    case .setting(let setting): setting.components
    case .alias(let name): [Self.aliasPrefix, name]
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    text.first?.isLetter == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}
