import ArgumentParser

extension ConfigCommand {
  struct Unset: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unset",
      abstract: "Remove a value from the config file.",
      discussion: """
        Removes unknown keys too. The exit status is 66 if the file does not contain the key.

        EXAMPLES
          seedbank config unset generate.size
        """)

    @Argument(help: "The key, such as generate.size.", completion: .settings) var key: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      try ConfigFileEditing(session, isDryRun: change.dryRun).unset(key)
        .report("config unset", change).print(report, session)
    }
  }
}
