/// A key of the config file: a setting, an alias, a field of a provider, or a price.
enum ConfigKey: Equatable, Sendable {
  case setting(Setting)
  /// A name for a command with arguments.
  case alias(String)
  /// A field of a provider, such as `providers.ark.url`.
  case provider(String, ProviderField)
  /// The price of one image, such as `prices.ark.seedream-4-0-250828`.
  case price(provider: String, model: String)

  static let aliasPrefix = "aliases"
  static let providerPrefix = "providers"
  static let pricePrefix = "prices"

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
    } else if parts.count >= 3, parts[0] == Self.pricePrefix, Self.isName(parts[1]) {
      // Names of models can contain dots.
      let model = parts[2...].joined(separator: ".")
      guard !model.isEmpty else { return nil }
      self = .price(provider: String(parts[1]), model: model)
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
          ?? "`seedbank config` lists the keys; others are aliases.NAME, providers.NAME.kind, "
          + "providers.NAME.url, providers.NAME.api_key_file and prices.NAME.MODEL")
    }
    self = key
  }

  /// The names from the top of the file to the value.
  var components: [String] {
    switch self {
    case .setting(let setting): setting.components
    case .alias(let name): [Self.aliasPrefix, name]
    case .provider(let name, let field): [Self.providerPrefix, name, field.rawValue]
    case .price(let provider, let model): [Self.pricePrefix, provider, model]
    }
  }

  /// The key as it is written in commands.
  var name: String { components.joined(separator: ".") }

  private static func isName(_ text: Substring) -> Bool {
    text.first?.isLetter == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }
}
