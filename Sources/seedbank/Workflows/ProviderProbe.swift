import SeedbankModel
import SeedbankProviders

/// A test of a provider's address and key that charges nothing.
struct ProviderProbe {
  private let provider: ConfiguredProvider

  init(_ provider: ConfiguredProvider) { self.provider = provider }

  /// Returns what was found, or the request that would be sent.
  ///
  /// - Throws: As ``test(_:_:)``.
  func run(_ key: String, _ settings: Settings) async throws -> CommandReport {
    let example = try Self.example(provider.service)
    guard try await test(key, settings) else {
      let body = String(decoding: example.body.bytes, as: UTF8.self)
      let address = "\(provider.address)\(example.endpoint)"
      return report(
        """
        \(provider.name) has no call that is free, so nothing was sent and the key was not tested.
        A request would be sent to \(address):
        \(body)

        """, isAccepted: nil, address, body)
    }
    return report("\(provider.name) accepts the key.\n", isAccepted: true, nil, nil)
  }

  private func report(
    _ text: String, isAccepted: Bool?, _ address: String?, _ body: String?
  ) -> CommandReport {
    CommandReport("providers test", text: text) { object in
      object.member("provider", provider.name)
      object.member("accepted", isAccepted)
      object.member("url", address)
      object.member("body", body)
    }
  }

  /// Tests the key; returns false, with nothing sent, if the service has no call that is free.
  ///
  /// - Throws: `Failure` of status 77 if the key is refused, 69 if the service cannot be reached, 78 if
  ///   the key is not valid.
  func test(_ key: String, _ settings: Settings) async throws -> Bool {
    _ = try APIKey(key)
    guard provider.service.namesJobs else { return false }
    try await GatewayProbe.run(
      key: key, provider, endpoint: Self.example(provider.service).endpoint, settings,
      for: "seedbank providers test \(provider.name)")
    return true
  }

  private static func example(_ service: any ImageService) throws -> EncodedRequest {
    let model = service.models.first { $0.rules.references.count.lowerBound == 0 }
    return try SubmitRequest(
      prompt: "a lighthouse", parameters: RequestParameters(model: model?.name)
    ).encode(for: service)
  }
}
