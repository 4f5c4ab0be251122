import ArgumentParser

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print the settings in force, and where each came from.",
    discussion: """
      An option outweighs a variable of the environment, which outweighs the config file. Of the API \
      key only its place is said, never the key.

      EXAMPLES
        seedbank config
        SEEDBANK_CONCURRENCY=8 seedbank config --format json
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let rows = try SettingsReport.rows(session)
    switch report.format {
    case .text: session.output.write(SettingsReport.text(rows, session.style))
    case .json: session.output.write(SettingsReport.json(rows))
    }
  }
}
