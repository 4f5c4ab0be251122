import SeedbankProviders

extension Settings {
  /// A setting as text, after a check that the value is valid.
  ///
  /// The proxy is shown without its password.
  /// - Throws: `Failure` of status 78.
  func checkedText(_ setting: Setting) throws -> Sourced<String>? {
    switch setting {
    case .concurrency: try integer(setting).map { _ in try concurrency().map { "\($0)" } }
    case .confirmImages: try integer(setting).map { _ in try confirmImages().map { "\($0)" } }
    case .pollStart, .pollCap, .pollDeadline, .pollGrace, .imageGrace, .submitTimeout:
      try checkedNumber(setting, setting.seconds)
    case .pollFactor: try checkedNumber(setting, 1...1000)
    case .guidanceScale: try checkedNumber(setting, 0...1000)
    case .watermark: try flag(setting)?.map { "\($0)" }
    // An empty path would mean the current folder.
    case .library, .apiKeyFile: try parsed(setting) { $0.isEmpty ? nil : $0 }
    case .model, .provider: try string(setting)
    case .gateway:
      try parsed(setting) { try? GatewayAddress($0) }.flatMap { _ in try string(setting) }
    case .size: try parsed(setting) { ImageSize($0) }?.map { "\($0)" }
    case .responseFormat: try parsed(setting) { ResponseFormat(rawValue: $0) }?.map(\.rawValue)
    case .proxy: try proxyText()
    case .confirmPrice: try parsed(setting) { ImagePrice($0) }.flatMap { _ in try string(setting) }
    case .imagesPerDay: try imagesPerDay()?.map(\.description)
    case .costPerMonth: try parsed(setting, Self.limit)?.map(\.description)
    case .format: try parsed(setting) { OutputFormat(rawValue: $0) }?.map(\.rawValue)
    case .color: try parsed(setting) { ColorChoice(rawValue: $0) }?.map(\.rawValue)
    case .columns: try parsed(setting) { ColumnChoice(argument: $0) }?.map(\.text)
    case .limit:
      try integer(setting).map { found in
        guard found.value >= 0 else { throw Self.refusal(setting, found.origin) }
        return found.map { "\($0)" }
      }
    }
  }

  /// Checks every value and every key of the config file, and every variable that is a setting.
  /// - Throws: `Failure` of status 78 that names the first fault.
  func check() throws {
    if let unknown = file?.unknownKeys.first, let path = file?.path {
      throw Failure(
        .notConfigured, "\(path) has an unknown key '\(unknown.key)'",
        hint: unknown.nearest.map { "did you mean '\($0)'?" }
          ?? "`seedbank config` lists the keys; `seedbank config unset \(unknown.key)` removes it")
    }
    for setting in Setting.allCases { _ = try checkedText(setting) }
    for name in file?.providerNames ?? [] { _ = try provider(name) }
    try checkPrices()
  }

  /// A setting parsed by `read`, which returns nil for a value that is not valid.
  func parsed<Value: Sendable>(
    _ setting: Setting, _ read: (String) -> Value?
  ) throws -> Sourced<Value>? {
    guard let found = try string(setting) else { return nil }
    guard let value = read(found.value) else { throw Self.refusal(setting, found.origin) }
    return found.map { _ in value }
  }

  private func checkedNumber(
    _ setting: Setting, _ range: ClosedRange<Double>
  ) throws -> Sourced<String>? {
    guard let found = try number(setting) else { return nil }
    guard range.contains(found.value) else { throw Self.refusal(setting, found.origin) }
    return found.map { "\($0)" }
  }
}
