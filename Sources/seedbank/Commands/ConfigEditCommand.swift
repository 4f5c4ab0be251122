import ArgumentParser

extension ConfigCommand {
  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Edit the config file in an editor.",
      discussion: """
        Starts the program in VISUAL or EDITOR (default: vi). Checks the file when the editor ends, and \
        says what is wrong with it.

        EXAMPLES
          seedbank config edit
        """)

    @OptionGroup var global: GlobalOptions

    func run() throws { try ConfigFileEditing(Session(global)).edit() }
  }
}
