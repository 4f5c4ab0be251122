import ArgumentParser
import SeedbankModel

extension ConfigCommand {
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path",
      abstract: "Print the path of the config file.",
      discussion: """
        The file may not exist yet.

        EXAMPLES
          seedbank config path
        """)

    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let path = session.environment.configFile
      CommandReport("config path", bytes: path.bytes + Array("\n".utf8)) { object in
        object.member(path: path)
        object.member("exists", FileKind.isThere(path))
      }.print(report, session)
    }
  }
}
