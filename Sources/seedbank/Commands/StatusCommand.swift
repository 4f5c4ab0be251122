import ArgumentParser

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract:
      "Show the number of queued, running, unknown, held and lost requests, the last sync and the disk space.",
    discussion: """
      Reads the library and sends nothing.

      EXAMPLES
        seedbank status
        seedbank status --format json
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let status = try StatusReport(library)
    session.output.write(report.format == .json ? status.json : status.text(session))
  }

  /// The output of `seedbank` without arguments.
  static func brief() throws {
    let session = Session(
      environment: .ofThisProcess(), library: nil, color: .auto, isQuiet: false)
    if let library = try session.presentLibrary() {
      session.output.write(try StatusReport(library).brief)
    } else {
      let place = SafeText.line("\(try session.libraryFolder().path)")
      session.output.write(
        """
        `seedbank key set` stores your API key. The library \(place) does not exist yet.
        `seedbank generate 'a lighthouse at dusk'` creates the library and the first image.
        `seedbank import FOLDER` adds images that you already have. All commands: `seedbank --help`.

        """)
    }
  }
}
