extension Doctor {
  /// Whether the settings are valid, and which are set.
  ///
  /// Values are left out: an alias can contain a prompt.
  func settingFindings() -> [DoctorFinding] {
    let environment = session.environment
    let variables = environment.variables.keys.filter { $0.hasPrefix("SEEDBANK_") }.sorted()
    return [
      DoctorFinding(.settings, "config file") {
        let settings = try Settings(session)
        try settings.check()
        let names = settings.file.map { $0.keys.filter { !$0.hasPrefix(ConfigKey.aliasPrefix) } }
        let list = names.map { $0.isEmpty ? "no settings" : $0.joined(separator: ", ") }
        // A file with only comments has no settings either.
        let none = FileKind.isThere(environment.configFile) ? "no settings" : "does not exist"
        return "\(environment.configFile): \(list ?? none)"
      },
      DoctorFinding(
        .settings, "variables", variables.isEmpty ? "none" : variables.joined(separator: ", ")),
      DoctorFinding(.settings, "proxy") {
        try Settings(session).proxyText() == nil ? "none" : "set"
      },
    ]
  }
}
