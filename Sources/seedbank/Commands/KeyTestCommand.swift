import ArgumentParser

extension KeyCommand {
  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask the gateway whether it accepts the API key.",
      discussion: """
        Charges nothing. The exit status is 77 if the key is refused, and 69 if the gateway cannot be \
        reached.

        EXAMPLES
          seedbank key test
        """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
      let session = Session(global)
      let settings = try Settings(session)
      try await KeyCommand.test(APIKeySource.read(session, settings), session, settings)
    }
  }
}
