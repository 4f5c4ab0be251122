import ArgumentParser
import SeedbankStorage

struct PromptsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompts",
    abstract: "List distinct prompts with their uses, best rating and last use.",
    discussion: """
      With --format ids, prints the newest generation of each prompt.

      EXAMPLES
        seedbank prompts
        seedbank prompts lighthouse rating:4..
        seedbank prompts --format csv
      """)

  @Argument(help: .query, completion: .query)
  var query: [String] = []
  @OptionGroup var limit: LimitOption
  @OptionGroup var list: ListOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let prepared = try session.searched(query, in: library)
    let number = limit.number(list.format)
    var printing = PromptPrinting(session, list.format, prepared.highlighter)
    var isCut = false
    // One more prompt than printed shows whether there are more.
    try library.forEachPrompt(
      prepared.query, at: session.local, limit: number.map { $0 + 1 } ?? 0
    ) { prompt in
      isCut = printing.count == number
      if !isCut { try printing.add(prompt) }
    }
    try printing.finish()
    guard list.format == .table, isCut else { return }
    let total = try library.promptCount(
      prepared.query, at: session.local, cap: max(1_000, printing.count))
    if let remark = LimitOption.remark(shown: printing.count, of: total) {
      session.talk.note(remark)
    }
  }
}
