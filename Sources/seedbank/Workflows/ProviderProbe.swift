import SeedbankProviders

/// A test of a provider's address and key that charges nothing.
struct ProviderProbe {
  private let provider: ConfiguredProvider

  init(_ provider: ConfiguredProvider) { self.provider = provider }

  /// - Throws: `Failure` of status 77 if the key is refused, 69 if the service cannot be reached, 78 if
  ///   the key is not valid.
  func run(_ text: String, _ session: Session, _ settings: Settings) async throws {
    _ = try APIKey(text)
    let example = try Self.example(provider.service)
    guard provider.service.namesJobs else {
      let body = String(decoding: example.body.bytes, as: UTF8.self)
      session.output.write(
        """
        \(provider.name) has no call that is free, so nothing was sent and the key was not tested.
        A request would be sent to \(provider.address)\(example.endpoint):
        \(body)

        """)
      return
    }
    try await GatewayProbe.run(key: text, provider, endpoint: example.endpoint, settings)
    session.output.write("\(provider.name) accepts the key.\n")
  }

  private static func example(_ service: any ImageService) throws -> EncodedRequest {
    let model = service.models.first { $0.rules.references.count.lowerBound == 0 }
    return try SubmitRequest(
      prompt: "a lighthouse", parameters: RequestParameters(model: model?.name)
    ).encode(for: service)
  }
}
