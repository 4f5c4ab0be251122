import ArgumentParser
import SeedbankModel

extension ConfigCommand {
  struct Edit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "edit",
      abstract: "Edit the config file in an editor.",
      discussion: """
        Starts the program in VISUAL or EDITOR (default: vi). Checks the file when the editor ends, and \
        says what is wrong with it.

        EXAMPLES
          seedbank config edit
        """)

    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let isChanged = try ConfigFileEditing(session).edit()
      CommandReport("config edit", text: "") { object in
        object.member(path: session.environment.configFile)
        object.member("changed", isChanged)
      }.print(report, session)
    }
  }
}
