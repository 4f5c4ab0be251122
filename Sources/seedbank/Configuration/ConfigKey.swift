/// A key of the config file: a setting, an alias, or a field of a provider.
enum ConfigKey: Equatable, Sendable {
  case setting(Setting)
  /// A name for a command with arguments.
  case alias(String)
  /// A field of a provider, such as `providers.ark.url`.
  case provider(String, ProviderField)

  static let aliasPrefix = "aliases"
  static let providerPrefix = "providers"

  /// The fields of a provider in the config file.
  enum ProviderField: String, CaseIterable, Sendable {
    case kind
    case url
    case apiKeyFile = "api_key_file"
  }

  /// Nil for an unknown key.
  init?(_ text: String) {
    if let setting = Setting(rawValue: text) {
      self = .setting(setting)
      return
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0] == Self.aliasPrefix, Self.isName(parts[1]) {
      self = .alias(String(parts[1]))
    } else if parts.count == 3, parts[0] == Self.providerPrefix, Self.isName(parts[1]),
      let field = ProviderField(rawValue: String(parts[2]))
    {
      self = .provider(String(parts[1]), field)
    } else {
      return nil
    }
  }

  /// - Throws: `Failure` of status 64 with the most similar key.
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
    case .provider(let name, let field): [Self.providerPrefix, name, field.rawValue]
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    text.first?.isLetter == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}
