import ArgumentParser

extension ConfigCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the settings in use, and where each came from.",
      discussion: """
        Shows where the API key comes from, but never the key.

        EXAMPLES
          seedbank config list
          SEEDBANK_CONCURRENCY=8 seedbank config --format json
        """)

    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let rows = try SettingsReport.rows(session)
      session.output.write(
        report.format == .json
          ? SettingsReport.json(rows) : SettingsReport.text(rows, session.style))
    }
  }
}
