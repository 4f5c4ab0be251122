import FoundationEssentials
import SeedbankProviders
import SeedbankSync

/// Polls a job that does not exist.
///
/// This charges nothing and shows whether the gateway can be reached and accepts the key.
enum GatewayProbe {
  /// Returns normally if the gateway accepts the key.
  ///
  /// - Throws: `Failure` of status 77 if the key is refused, and 69 if no usable answer arrives.
  static func run(key: String, _ settings: Settings) async throws {
    _ = try await run(
      key: key, settings.provider(Settings.standardProvider),
      endpoint: EncodedRequest.standardEndpoint, settings, for: "seedbank key test")
  }

  /// Polls a provider whose service has jobs.
  ///
  /// - Parameters:
  ///   - endpoint: The endpoint of the job.
  ///   - command: The command that tests again.
  /// - Returns: Whether the key was tested; false if the server answers, but has no jobs.
  /// - Throws: As ``run(key:_:)``.
  static func run(
    key: String, _ provider: ConfiguredProvider, endpoint: String, _ settings: Settings,
    for command: String
  ) async throws -> Bool {
    let sync = try settings.sync(GatewayOptions.parse([]))
    let client = GatewayClient(
      service: provider.service, address: provider.address, key: try APIKey(key),
      settings: try settings.client(sync),
      now: { Date(timeIntervalSince1970: Clock.now().seconds) })
    var answer = await client.poll(jobID, at: endpoint)
    var hasJobs = true
    if isUnknownPath(answer.outcome), let endpoint = provider.service.endpointWithoutJobs {
      answer = await client.poll(jobID, at: endpoint)
      hasJobs = false
    }
    await client.shutdown()
    let subject = ProviderWords(provider.name).subject
    switch answer.outcome {
    case .keyRefused(let refusal):
      throw Failure(.keyRefused(refusal), of: provider.name, testedBy: command)
    case .retryLater(.connection(let fault), _):
      throw Failure(
        .unavailable, "cannot connect to \(subject): \(fault.summary())", hint: fault.remedy)
    case .retryLater:
      throw Failure(
        .unavailable, "\(subject) gave no usable answer, so the key could not be tested",
        hint: "`\(command)` tries again")
    case .pending, .offered, .incomplete, .failed, .succeededWithoutImages, .notFound, .throttled,
      .refused, .quotaExhausted:
      return hasJobs
    }
  }

  private static let jobID = "seedbank-key-test"

  /// Whether the server does not know the path of jobs.
  private static func isUnknownPath(_ outcome: PollOutcome) -> Bool {
    guard case .retryLater(.intercepted(let status), _) = outcome else { return false }
    return [404, 405, 410].contains(status)
  }
}
