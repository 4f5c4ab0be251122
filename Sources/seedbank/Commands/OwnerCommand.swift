import ArgumentParser
import SeedbankStorage

struct OwnerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "owner",
    abstract: "Show which library owns the unfinished work.",
    discussion: """
      Only one library may send a request and download its images. Restored dumps, backups and \
      copied folders hold the work that was unfinished when they were made. `seedbank adopt` makes \
      this library the owner.

      EXAMPLES
        seedbank owner
        seedbank owner --format json
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let text = OwnershipText(report: try session.openLibrary(for: .reading).ownership())
    session.output.write(report.format == .json ? text.json : text.text)
  }
}
