import ArgumentParser
import FilePaths
import SeedbankModel
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
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() async throws {
      CoreDump.forbid()
      let session = Session(global)
      let settings = try Settings(session)
      let text = try KeyInput.read(session)
      _ = try APIKey(text)
      let store = try KeyStore(session, settings)
      if noTest { return try keep(text, in: store, isAccepted: nil, session) }
      do {
        try await GatewayProbe.run(key: text, settings)
      } catch let failure as Failure {
        if failure.status == .refused, store.hasKey {
          throw Failure(
            failure.status, failure.sentence,
            hint: "the key in \(store.path) was not replaced; --no-test stores the new one untested"
          )
        }
        try keep(
          text, in: store, isAccepted: failure.status == .refused ? false : nil, session)
        throw failure
      }
      try keep(text, in: store, isAccepted: true, session)
    }

    /// - Parameter isAccepted: Nil if the gateway was not asked or did not answer.
    private func keep(
      _ key: String, in store: KeyStore, isAccepted: Bool?, _ session: Session
    ) throws {
      let setting = try store.write(key, session, isDryRun: change.dryRun)
      let text =
        (isAccepted == true ? KeyCommand.accepted : "")
        + "\(change.dryRun ? "Would store" : "Stored") the key in \(store.path).\n"
        + (setting?.sentence(isDryRun: change.dryRun) ?? "")
      CommandReport("key set", change, text: text) { object in
        object.member(path: store.path)
        object.member("accepted", isAccepted)
        object.member("config_changed", setting != nil)
      }.print(report, session)
    }
  }
}
