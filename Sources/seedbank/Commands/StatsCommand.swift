import ArgumentParser
import FilePaths
import SeedbankStorage

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count what the library holds.",
    discussion: """
      Generations, images, room on the disk and tokens, by model, month and tag. Months are those of
      your own time zone.

      EXAMPLES
        seedbank stats
        seedbank stats --format json
        seedbank stats --html stats.html
      """)

  @Option(
    help: ArgumentHelp("Write a page with plots instead.", valueName: "file"), completion: .file())
  var html: String?
  @Flag(help: "Replace a file that is no such page.")
  var force = false
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let statistics = try library.statistics(
      utcOffset: Int(Clock.utcOffset(seconds: session.now.milliseconds / 1000)))
    if let html {
      let path = Path.absolute(html)
      try StatisticsFile.write(statistics, to: path, at: session.now, isForced: force)
      session.talk.note("wrote \(path)")
      return
    }
    let text = StatisticsText(
      statistics: statistics, style: session.style, columns: session.terminal.width)
    session.output.write(report.format == .json ? text.json : text.text)
  }
}
