import ArgumentParser

struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Store and test the API key.",
    discussion: """
      EXAMPLES
        seedbank key test
      """,
    subcommands: [SetKey.self, Test.self])

  /// Tests a key and reports that the gateway accepts it.
  static func test(_ key: String, _ session: Session, _ settings: Settings) async throws {
    try await GatewayProbe.run(key: key, settings)
    session.output.write("The gateway accepts the key.\n")
  }
}
