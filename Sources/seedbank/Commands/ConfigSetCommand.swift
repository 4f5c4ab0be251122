import ArgumentParser

extension ConfigCommand {
  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Set a value in the config file.",
      discussion: """
        The file is created if it does not exist. Its comments stay. An alias is a name for a command with \
        arguments.

        EXAMPLES
          seedbank config set generate.size 1280x720
          seedbank config set limit 100
          seedbank config set aliases.best 'search rating:4.. --sort rating'
        """)

    @Argument(help: "The key, such as generate.size.", completion: .settings) var key: String
    @Argument(help: "The value.") var value: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      try ConfigFileEditing(session, isDryRun: change.dryRun)
        .set(try ConfigKey(typed: key), named: key, to: value)
        .report("config set", change).print(report, session)
    }
  }
}
