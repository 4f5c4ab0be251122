import ArgumentParser
import SeedbankStorage

struct PromptsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompts",
    abstract: "List distinct prompts: how often used, how well rated, when last.",
    discussion: """
      EXAMPLES
        seedbank prompts
        seedbank prompts lighthouse rating:4..
        seedbank prompts --limit 0 --format json
      """)

  @Argument(help: .query, completion: .query)
  var query: [String] = []
  @Option(help: ArgumentHelp("How many at most; 0 is all.", valueName: "number"))
  var limit = 50
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is a number from 0") }
  }

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let prepared = try session.query(query, in: library)
    let prompts = try library.prompts(prepared.query, at: session.local, limit: limit)
    switch report.format {
    case .text: session.output.write(PromptReport.table(prompts, session, prepared.highlighter))
    case .json: session.output.write(PromptReport.json(prompts))
    }
  }
}
