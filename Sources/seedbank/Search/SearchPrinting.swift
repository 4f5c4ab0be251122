import SeedbankModel
import SeedbankStorage

/// Prints what a search finds as it is found, and says on standard error what is worth knowing.
struct SearchPrinting {
  private let session: Session
  private let isTable: Bool
  private var printer: RecordPrinter
  private var page: [Generation] = []
  private var count = 0
  private var last: GenerationID?
  /// A table's columns are measured a page at a time.
  private static let pageSize = 256

  init(
    _ session: Session, _ format: RecordFormat, nul: Bool, _ folder: LibraryFolder,
    _ highlighter: Highlighter
  ) {
    self.session = session
    isTable = format == .table
    printer = RecordPrinter(session, format, nul: nul, folder: folder, highlighter: highlighter)
  }

  mutating func run(_ request: SearchRequest, isDrawn: Bool, in library: Library) throws {
    let ranked = try library.search(request) { generation in
      page.append(generation)
      count += 1
      last = generation.id
      if page.count == Self.pageSize { try flush() }
      return true
    }
    try flush()
    printer.finish()
    if isTable { try session.output.flush() }
    remark(request, ranked, isDrawn)
  }

  private mutating func flush() throws {
    try printer.print(page)
    page.removeAll(keepingCapacity: true)
  }

  private func remark(_ request: SearchRequest, _ ranked: RankedScope?, _ isDrawn: Bool) {
    if case .newest(let number)? = ranked {
      session.talk.note("only the newest \(number) matches were ranked")
    }
    if isDrawn, case .random(let number) = request.order {
      session.talk.note("to repeat this order: --sort random:\(number)")
    }
    guard isTable, session.terminal.isPresent else { return }
    if count == 0 {
      session.talk.note("no matches")
    } else if request.limit > 0, count == request.limit, let last {
      session.talk.note("\(count) shown. More: --after \(last). All: --limit 0.")
    }
  }
}
