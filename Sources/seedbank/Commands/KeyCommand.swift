import ArgumentParser
import FoundationEssentials
import SeedbankProviders
import SeedbankSync

struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Store and test the API key.",
    discussion: """
      EXAMPLES
        seedbank key test
      """,
    subcommands: [SetKey.self, Test.self])

  /// Asks the gateway about a job that does not exist, which charges nothing.
  static func test(_ key: String, _ session: Session, _ settings: Settings) async throws {
    let sync = try settings.sync(GatewayOptions.parse([]))
    let client = GatewayClient(
      address: try GatewayAddress(settings.gateway().value), key: try APIKey(key),
      settings: try settings.client(sync),
      now: { Date(timeIntervalSince1970: Clock.now().seconds) })
    let answer = await client.poll("seedbank-key-test")
    await client.shutdown()
    switch answer.outcome {
    case .keyRefused(let refusal): throw Failure(StopReason.keyRefused(refusal))
    case .retryLater(.connection(let fault), _):
      throw Failure(
        .unavailable, "cannot connect to the gateway: \(fault.sentence)", hint: fault.remedy)
    case .retryLater:
      throw Failure(
        .unavailable, "the gateway gave no usable answer, so the key could not be tested",
        hint: "`seedbank key test` tries again")
    case .pending, .offered, .failed, .succeededWithoutImages, .notFound, .throttled, .refused,
      .quotaExhausted:
      session.output.write("The gateway accepts the key.\n")
    }
  }
}
