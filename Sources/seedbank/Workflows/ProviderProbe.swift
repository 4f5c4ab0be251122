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
    switch try await test(key, settings) {
    case .accepted:
      return report("\(provider.name) accepts the key.\n", isAccepted: true, nil, nil)
    case .hasNoJobs:
      return report(
        "\(provider.name) answers. It has no jobs, so no call tests the key.\n", isAccepted: nil,
        nil, nil)
    case .nothingSent:
      let body = String(decoding: example.body.bytes, as: UTF8.self)
      let address = "\(provider.address)\(example.endpoint)"
      return report(
        """
        \(provider.name) has no call that is free, so nothing was sent and the key was not tested.
        A request would be sent to \(address):
        \(body)

        """, isAccepted: nil, address, body)
    }
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

  /// What a test found.
  enum Outcome {
    case accepted
    /// The server answers, but it has no jobs, so the key was not tested.
    case hasNoJobs
    /// The service has no call that is free.
    case nothingSent
  }

  /// Tests the address and the key.
  ///
  /// - Throws: `Failure` of status 77 if the key is refused, 69 if the service cannot be reached, 78 if
  ///   the key is not valid.
  func test(_ key: String, _ settings: Settings) async throws -> Outcome {
    _ = try APIKey(key)
    guard provider.service.namesJobs else { return .nothingSent }
    let isTested = try await GatewayProbe.run(
      key: key, provider, endpoint: Self.example(provider.service).endpoint, settings,
      for: "seedbank providers test \(provider.name)")
    return isTested ? .accepted : .hasNoJobs
  }

  private static func example(_ service: any ImageService) throws -> EncodedRequest {
    let model = service.models.first { $0.rules.references.count.lowerBound == 0 }
    return try SubmitRequest(
      prompt: "a lighthouse", parameters: RequestParameters(model: model?.name)
    ).encode(for: service)
  }
}
