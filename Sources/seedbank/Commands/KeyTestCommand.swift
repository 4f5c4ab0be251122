import ArgumentParser
import SeedbankModel

extension KeyCommand {
  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Ask the gateway whether it accepts the API key.",
      discussion: """
        Charges nothing. The exit status is 77 if the key is refused, and 69 if the gateway cannot be \
        reached.

        EXAMPLES
          seedbank key test
        """)

    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let session = Session(global)
      let settings = try Settings(session)
      try await GatewayProbe.run(key: APIKeySource.read(session, settings), settings)
      CommandReport("key test", text: KeyCommand.accepted) { object in
        object.member("accepted", true)
      }.print(report, session)
    }
  }
}
