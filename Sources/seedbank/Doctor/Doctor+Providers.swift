extension Doctor {
  /// The address and the key of each provider of the config file, and whether the service accepts the key.
  func providerFindings() async -> [DoctorFinding] {
    // Wrong settings are reported with the config file.
    guard let settings = try? Settings(session), (try? settings.check()) != nil else { return [] }
    var findings: [DoctorFinding] = []
    for name in settings.providerNames where name != Settings.standardProvider {
      findings.append(await finding(name, settings))
    }
    return findings
  }

  private func finding(_ name: String, _ settings: Settings) async -> DoctorFinding {
    do {
      let provider = try settings.provider(name)
      let key = try APIKeySource.read(for: name, session, settings)
      let address = "\(provider.address)"
      if isOffline { return DoctorFinding(.providers, name, "\(address), not tested") }
      let outcome =
        switch try await ProviderProbe(provider).test(key, settings) {
        case .accepted: "accepts the key"
        case .hasNoJobs: "answers, key set but not tested: no call tests it"
        case .nothingSent: "key set but not tested: no call is free"
        }
      return DoctorFinding(.providers, name, "\(address), \(outcome)")
    } catch {
      return DoctorFinding(.providers, name, Failure(error))
    }
  }
}
