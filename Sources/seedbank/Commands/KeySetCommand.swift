import ArgumentParser
import FilePaths
import SeedbankProviders

extension KeyCommand {
  struct SetKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Store the API key in a file, and test it.",
      discussion: """
        Reads the key from the terminal without showing it, or from standard input. Writes it to the file \
        that `api_key_file` names (default: `key` beside the config file) with mode 600. A key that the \
        gateway refuses does not replace another key.

        EXAMPLES
          seedbank key set
          pass show pixazo | seedbank key set
        """)

    @Flag(help: "Store the key without asking the gateway about it.")
    var noTest = false
    // For a key in the arguments, the parser's error would repeat the key.
    @Argument(help: .hidden)
    var unexpected: [String] = []
    @OptionGroup var global: GlobalOptions

    func validate() throws {
      guard unexpected.isEmpty else {
        throw ValidationError(
          "The key is not an argument: it would be visible in the list of processes. "
            + "Type it when you are asked, or pipe it to the command.")
      }
    }

    func run() async throws {
      CoreDump.forbid()
      let session = Session(global)
      let settings = try Settings(session)
      let text = try KeyInput.read(session)
      _ = try APIKey(text)
      let store = try KeyStore(session, settings)
      if noTest { return try store.write(text, session) }
      do {
        try await KeyCommand.test(text, session, settings)
        try store.write(text, session)
      } catch let failure as Failure {
        if failure.status == .refused, store.hasKey {
          throw Failure(
            failure.status, failure.sentence,
            hint: "the key in \(store.path) was not replaced; --no-test stores the new one untested"
          )
        }
        try store.write(text, session)
        throw failure
      }
    }
  }
}
