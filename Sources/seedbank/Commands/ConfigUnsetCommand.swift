import ArgumentParser

extension ConfigCommand {
  struct Unset: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a value from the config file.",
      discussion: """
        Removes unknown keys too. The exit status is 66 if the file does not contain the key.

        EXAMPLES
          seedbank config unset generate.size
        """)

    @Argument(help: "The key, such as generate.size.", completion: .settings) var key: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws { try ConfigFileEditing(Session(global), isDryRun: change.dryRun).unset(key) }
  }
}
