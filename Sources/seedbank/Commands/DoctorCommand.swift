import ArgumentParser

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the setup, and print a report to paste into a bug report.",
    discussion: """
      Checks the settings, the API key, the gateway, the library, the disk and the terminal. Changes \
      nothing and charges nothing. The report contains no key, no password and no prompt. `seedbank check` \
      examines the library itself. The exit status is that of the most serious problem.

      EXAMPLES
        seedbank doctor
        seedbank doctor --offline --format json
      """)

  @Flag(help: "Send no request to the gateway.")
  var offline = false
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = Session(global)
    let findings = await Doctor(session: session, isOffline: offline).report()
    session.output.write(report.format == .json ? findings.json : findings.text(session.style))
    try BatchOutcome.end(with: findings.status)
  }
}
