import ArgumentParser
import SeedbankModel

extension ConfigCommand {
  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "get",
      abstract: "Print the value of a setting.",
      discussion: """
        Prints the value in use, from whichever source. The exit status is 66 if it is not set and has no \
        default.

        EXAMPLES
          seedbank config get concurrency
        """)

    @Argument(help: "The key, such as generate.size.", completion: .settings) var key: String
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      _ = try ConfigKey(typed: key)
      let row = try SettingsReport.rows(session).first { $0.name == key }
      guard let row, let value = row.value else {
        throw Failure(
          .noInput, "'\(key)' is not set", hint: "`seedbank config set \(key) VALUE` sets it")
      }
      CommandReport("config get", text: SafeText.line(value) + "\n") { object in
        object.member("name", key)
        object.member("value", value)
        object.member("origin", row.origin?.description)
      }.print(report, session)
    }
  }
}
