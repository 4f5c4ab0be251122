import ArgumentParser

extension ConfigCommand {
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the path of the config file.",
      discussion: """
        The file may not exist yet.

        EXAMPLES
          seedbank config path
        """)

    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      session.output.write(session.environment.configFile.bytes + Array("\n".utf8))
    }
  }
}
