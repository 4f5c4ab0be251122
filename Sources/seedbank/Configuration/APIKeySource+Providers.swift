import SeedbankProviders

extension APIKeySource {
  /// The key of a provider.
  ///
  /// The key of the default provider is never used for another one.
  ///
  /// - Throws: `Failure` of status 78 if it is missing or its file may be read by others.
  static func read(
    for provider: String, _ session: Session, _ settings: Settings
  ) throws -> String {
    if provider == Settings.standardProvider,
      settings.text(of: .provider(provider, .apiKeyFile)) == nil
    {
      return try read(session, settings)
    }
    CoreDump.forbid()
    let variable = variableName(for: provider)
    if let key = session.environment[variable] { return key }
    guard let file = settings.text(of: .provider(provider, .apiKeyFile)) else {
      throw Failure(
        .notConfigured, "no API key is set for the provider '\(provider)'",
        hint: "set \(variable), or providers.\(provider).api_key_file in the config file")
    }
    return try read(Path.absolute(Path.expanded(file.value, home: session.environment.home)))
  }

  /// `SEEDBANK_API_KEY_ARK` for a provider that is named `ark`.
  static func variableName(for provider: String) -> String {
    provider == Settings.standardProvider
      ? variableName
      : "\(variableName)_" + String(provider.map { $0 == "-" ? "_" : $0 }).uppercased()
  }
}
