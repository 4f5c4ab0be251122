import SeedbankStorage

/// Prints prompts while they are found.
struct PromptPrinting {
  private let session: Session
  private let highlighter: Highlighter
  private var printer: ListPrinter
  private var page: [PromptSummary] = []
  /// The number of prompts.
  private(set) var count = 0
  /// The widths of a table are computed for each page.
  private static let pageSize = 256

  init(_ session: Session, _ format: OutputFormat, _ highlighter: Highlighter) {
    self.session = session
    self.highlighter = highlighter
    printer = ListPrinter(keys: PromptReport.keys, name: "newest", format, session)
  }

  /// - Throws: `OutputClosed`, or a `Failure` of status 74.
  mutating func add(_ prompt: PromptSummary) throws {
    page.append(prompt)
    count += 1
    if page.count == Self.pageSize { try flush() }
  }

  /// Prints the last prompts.
  /// - Throws: `OutputClosed`, or a `Failure` of status 74.
  mutating func finish() throws {
    try flush()
    printer.finish()
  }

  private mutating func flush() throws {
    let hasHead = printer.count == 0
    printer.print(page.map(PromptReport.row)) {
      PromptReport.table(page, hasHead: hasHead, session, highlighter)
    }
    page.removeAll(keepingCapacity: true)
    try session.output.flushIfLarge()
  }
}
