import ArgumentParser
import FilePaths
import SeedbankModel
import SeedbankStorage

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show statistics of the library.",
    discussion: """
      Counts generations, images, disk space, tokens and cost by model, month, provider and tag. Months \
      are in the local time zone. The cost includes estimates. Requests that were refused are not counted.

      EXAMPLES
        seedbank stats
        seedbank stats --format json
        seedbank stats --html stats.html
      """)

  @Option(
    help: ArgumentHelp("Write a web page with charts.", valueName: "file"), completion: .file())
  var html: String?
  @Flag(help: "Replace the file even if it is not a page of statistics.")
  var force = false
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let statistics = try library.statistics(utcOffset: Clock.utcOffset(seconds:))
    if let html {
      let path = Path.absolute(html)
      try StatisticsFile.write(statistics, to: path, at: session.now, isForced: force)
      session.talk.note("wrote \(path)")
      return CommandReport("stats", text: "") { $0.member(path: path) }.print(report, session)
    }
    let text = StatisticsText(
      statistics: statistics, style: session.style, columns: session.terminal.width)
    session.output.write(report.format == .json ? text.json : text.text)
  }
}
