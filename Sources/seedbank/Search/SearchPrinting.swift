import SeedbankModel
import SeedbankStorage

/// Prints the matches of a search while they are found, and notes on standard error.
struct SearchPrinting {
  private let session: Session
  private let isTable: Bool
  private var printer: RecordPrinter
  private var isReversed = false
  private var page: [Generation] = []
  private var count = 0
  private var last: GenerationID?
  /// Whether the limit left matches out.
  private var isCut = false
  /// The widths of a table are computed for each page.
  private static let pageSize = 256

  init(
    _ session: Session, _ format: OutputFormat, nul: Bool, _ folder: LibraryFolder,
    _ highlighter: Highlighter
  ) {
    self.session = session
    isTable = format == .table
    printer = RecordPrinter(session, format, nul: nul, folder: folder, highlighter: highlighter)
  }

  /// - Returns: the number of printed matches.
  mutating func run(
    _ request: SearchRequest, isDrawn: Bool, in library: Library
  ) throws -> Int {
    var longer = request
    // One more match than printed shows whether there are more.
    if isTable, request.limit > 0 { longer.limit += 1 }
    let ranked = try Self.matches(longer, reversed: isReversed, in: library) { generation in
      guard request.limit == 0 || count < request.limit else {
        isCut = true
        return false
      }
      page.append(generation)
      count += 1
      last = generation.id
      if page.count == Self.pageSize { try flush() }
      return true
    }
    try flush()
    printer.finish()
    if isTable { try session.output.flush() }
    try remark(request, ranked, isDrawn, library)
    return count
  }

  /// Prints ids alone, for which no records are read.
  ///
  /// - Returns: the number of printed matches.
  mutating func runIDs(
    _ request: SearchRequest, isDrawn: Bool, in library: Library
  ) throws -> Int {
    guard !isReversed else { return try run(request, isDrawn: isDrawn, in: library) }
    let ranked = try library.forEachID(of: request) { id in
      try printer.print(id)
      count += 1
      return true
    }
    try remark(request, ranked, isDrawn, library)
    return count
  }

  /// Applies the options of the table.
  mutating func lay(out layout: TableLayout, sortedBy order: SearchOrder, _ folder: LibraryFolder) {
    isReversed = layout.isReversed
    printer.table.columns = layout.columns
    printer.table.order = order
    guard isTable, layout.hasThumbnails else { return }
    if let painter = session.picturePainter(.auto, height: .rows(ThumbnailRows.height)) {
      printer.thumbnails = ThumbnailRows(painter: painter, folder: folder)
    } else {
      session.talk.note("this terminal probably cannot show images")
    }
  }

  /// Passes on the matches in order, or in reverse order.
  private static func matches(
    _ request: SearchRequest, reversed: Bool, in library: Library,
    _ visit: (Generation) throws -> Bool
  ) throws -> RankedScope? {
    guard reversed else { return try library.search(request, each: visit) }
    var all = request
    all.limit = 0
    all.after = nil
    var found: [GenerationID] = []
    let ranked = try library.forEachID(of: all) { id in
      found.append(id)
      return true
    }
    var ids = Array(found.reversed())[...]
    if let after = request.after {
      if let place = ids.firstIndex(of: after) {
        ids = ids[(place + 1)...]
      } else {
        // It has left the results. In reverse order, those after it in the usual order come first.
        all.after = after
        ids = ids.dropFirst(try library.ids(all).count)
      }
    }
    if request.limit > 0 { ids = ids.prefix(request.limit) }
    while !ids.isEmpty {
      for generation in try library.generations(Array(ids.prefix(pageSize))) {
        guard try visit(generation) else { return ranked }
      }
      ids = ids.dropFirst(pageSize)
    }
    return ranked
  }

  private mutating func flush() throws {
    try printer.print(page)
    page.removeAll(keepingCapacity: true)
  }

  private func remark(
    _ request: SearchRequest, _ ranked: RankedScope?, _ isDrawn: Bool, _ library: Library
  ) throws {
    var canShowAll = true
    if case .newest(let number)? = ranked {
      canShowAll = false
      session.talk.note("only the newest \(number) matches were ranked")
    }
    if isDrawn, case .random(let number) = request.order {
      session.talk.note("to repeat this order: --sort random:\(number)")
    }
    if isTable, count == 0, session.terminal.isPresent { session.talk.note("no matches") }
    guard isCut, let last, !session.talk.isQuiet else { return }
    let total = try library.quickCount(request.query, at: request.local, shown: count)
    let remark = LimitOption.remark(
      shown: count, of: total, after: last.description, canShowAll: canShowAll)
    if let remark { session.talk.note(remark) }
  }
}
