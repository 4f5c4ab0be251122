import ArgumentParser

extension ConfigCommand {
  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the value of a setting.",
      discussion: """
        Prints the value in use, from whichever source. The exit status is 66 if it is not set and has no \
        default.

        EXAMPLES
          seedbank config get concurrency
        """)

    @Argument(help: "The key, such as generate.size.", completion: .settings) var key: String
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      _ = try ConfigKey(typed: key)
      guard let value = try SettingsReport.rows(session).first(where: { $0.name == key })?.value
      else {
        throw Failure(
          .noInput, "'\(key)' is not set", hint: "`seedbank config set \(key) VALUE` sets it")
      }
      session.output.write(SafeText.line(value) + "\n")
    }
  }
}
