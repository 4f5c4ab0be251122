import Configuration
import SeedbankStorage

/// The effective settings: options, then the environment, then the config file, then the defaults.
///
/// The config file is checked as a whole before a command runs; see `ConfiguredArguments`.
struct Settings: Sendable {
  private let variables: EnvironmentVariablesProvider
  let environment: Environment
  let file: ConfigFile?

  init(_ session: Session) throws {
    self.init(
      environment: session.environment, file: try ConfigFile.read(session.environment.configFile))
  }

  init(environment: Environment, file: ConfigFile?) {
    variables = EnvironmentVariablesProvider(
      environmentVariables: environment.variables.filter {
        $0.key.hasPrefix("SEEDBANK_") && !$0.value.isEmpty
      })
    self.environment = environment
    self.file = file
  }

  func string(_ setting: Setting) throws -> Sourced<String>? {
    try content(setting, .string) { if case .string(let text) = $0 { text } else { nil } }
  }

  func integer(_ setting: Setting) throws -> Sourced<Int>? {
    try content(setting, .int) { if case .int(let number) = $0 { number } else { nil } }
  }

  func number(_ setting: Setting) throws -> Sourced<Double>? {
    try content(setting, .double) { if case .double(let number) = $0 { number } else { nil } }
  }

  func flag(_ setting: Setting) throws -> Sourced<Bool>? {
    try content(setting, .bool) { if case .bool(let flag) = $0 { flag } else { nil } }
  }

  /// The command of an alias in the config file.
  func alias(_ name: String) throws -> Sourced<String>? { text(of: .alias(name)) }

  /// The text of a key in the config file.
  func text(of key: ConfigKey) -> Sourced<String>? {
    guard let file else { return nil }
    let key = AbsoluteConfigKey(key.components)
    guard
      case .string(let text)? = try? file.snapshot.value(forKey: key, type: .string).value?.content
    else { return nil }
    return Sourced(value: text, origin: .file(file.path.description))
  }

  private func content<Value: Sendable>(
    _ setting: Setting, _ type: ConfigType, _ read: (ConfigContent) -> Value?
  ) throws -> Sourced<Value>? {
    let variable = SettingOrigin.variable(setting.variable)
    if let value = try lookUp(setting, type, in: variables, under: ["seedbank"], variable) {
      return read(value).map { Sourced(value: $0, origin: variable) }
    }
    guard let file else { return nil }
    let origin = SettingOrigin.file(file.path.description)
    if let value = try lookUp(setting, type, in: file.snapshot, under: [], origin) {
      return read(value).map { Sourced(value: $0, origin: origin) }
    }
    return nil
  }

  private func lookUp(
    _ setting: Setting, _ type: ConfigType, in provider: some ConfigSource, under prefix: [String],
    _ origin: SettingOrigin
  ) throws -> ConfigContent? {
    do {
      let key = AbsoluteConfigKey(prefix + setting.components)
      return try provider.value(forKey: key, type: type).value?.content
    } catch {
      throw Self.refusal(setting, origin)
    }
  }

  /// The error sentence for a value that is not valid.
  static func refusal(_ setting: Setting, _ origin: SettingOrigin) -> Failure {
    let place =
      switch origin {
      case .variable(let name): name
      case .option(let name): name
      case .file(let path): "\(setting.rawValue) in \(path)"
      case .builtIn: setting.rawValue
      }
    return Failure(.notConfigured, "\(place) must be \(setting.allowed)")
  }
}

/// The functions of both kinds of sources.
private protocol ConfigSource {
  func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult
}

extension EnvironmentVariablesProvider: ConfigSource {}
extension YAMLSnapshot: ConfigSource {}
