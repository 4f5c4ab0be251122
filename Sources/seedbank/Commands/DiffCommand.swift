import ArgumentParser
import SeedbankStorage

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show the differences between two generations.",
    discussion: """
      Fields are listed by name. The prompt is compared word by word: [-removed-] and {+added+}, \
      or in color. To compare the images, use `seedbank compare`.

      EXAMPLES
        seedbank diff 1234 1240
        seedbank diff @last~1 @last
      """)

  @Argument(help: .reference, completion: .generations)
  var before: String
  @Argument(help: .reference, completion: .generations)
  var after: String
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let difference = GenerationDifference(
      from: try session.generation(before, in: library),
      to: try session.generation(after, in: library))
    session.output.write(
      report.format == .json
        ? DifferenceReport.json(difference)
        : DifferenceReport.text(difference, session.style, width: session.terminal.width))
  }
}
