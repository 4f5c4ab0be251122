import SeedbankProviders

extension Doctor {
  /// Whether a key is set and valid, and whether the gateway answers and accepts it.
  func gatewayFindings() async -> [DoctorFinding] {
    do {
      let settings = try Settings(session)
      try settings.check()
      let address = try GatewayAddress(settings.gateway().value)
      let (key, finding) = key(settings)
      return [
        DoctorFinding(.gateway, "address", address.description), finding,
        await answer(key, settings),
      ]
    } catch {
      return [DoctorFinding(.gateway, "address", Failure(error))]
    }
  }

  /// The key, if it can be used, and its place.
  private func key(_ settings: Settings) -> (String?, DoctorFinding) {
    do {
      let key = try APIKeySource.read(session, settings)
      _ = try APIKey(key)
      let place =
        switch try APIKeySource.find(session, settings) {
        case .file(let path, _): "in \(path)"
        case .variable, nil: "in \(APIKeySource.variableName)"
        }
      return (key, DoctorFinding(.gateway, "key", place))
    } catch {
      return (nil, DoctorFinding(.gateway, "key", Failure(error)))
    }
  }

  /// Sent instead of a missing key.
  ///
  /// A refusal shows that the gateway can be reached.
  private static let placeholderKey = "none"

  private func answer(_ key: String?, _ settings: Settings) async -> DoctorFinding {
    guard !isOffline else { return DoctorFinding(.gateway, "answer", "not tested") }
    do {
      try await GatewayProbe.run(key: key ?? Self.placeholderKey, settings)
      return DoctorFinding(
        .gateway, "answer", key == nil ? "can be reached" : "can be reached, accepts the key")
    } catch {
      let failure = Failure(error)
      return key == nil && failure.status == .refused
        ? DoctorFinding(.gateway, "answer", "can be reached")
        : DoctorFinding(.gateway, "answer", failure)
    }
  }
}
