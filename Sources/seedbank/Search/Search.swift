import SeedbankModel
import SeedbankStorage

/// The parsed arguments of a search.
struct Search: Equatable {
  var words: [String] = []
  var isCount = false
  var isFacets = false
  /// Whether a search without a match ends with status 66.
  var needsMatch = false
  var sort = SortOrder.newest
  /// Nil: the default of the format; 0: all.
  var limit: Int?
  var after: Int64?
  var format = OutputFormat.table
  var nul = false
  var library: String?
  var color = ColorChoice.auto
  var isQuiet = false
  var table = TableLayout()

  /// The error sentence for options that cannot be combined.
  var conflict: String? {
    if let conflict = LimitOption.conflict(limit) { return conflict }
    if isCount && isFacets { return "--count and --facets cannot be combined" }
    if isFacets, ![.table, .json, .jsonl].contains(format) {
      return "--facets supports the formats table, json and jsonl"
    }
    return RecordOptions.conflict(format, nul: nul)
  }

  func run() throws {
    let session = Session(
      environment: .ofThisProcess(), library: library, color: color, isQuiet: isQuiet)
    let library = try session.openLibrary(for: .reading)
    let prepared = try session.searched(words, in: library)
    let matches: Int
    if isCount {
      matches = try library.count(prepared.query, at: session.local)
      session.output.write("\(matches)\n")
    } else if isFacets {
      let facets = try library.facets(prepared.query, at: session.local)
      session.output.write(FacetReport.text(facets, format, session))
      matches = facets.total
    } else {
      let request = SearchRequest(
        prepared.query, order: sort.order, limit: LimitOption.number(limit, format) ?? 0,
        after: after.map { GenerationID($0) }, at: session.local)
      var printing = SearchPrinting(
        session, format, nul: nul, library.folder, prepared.highlighter)
      printing.lay(out: table, sortedBy: sort.order, library.folder)
      matches =
        format == .ids
        ? try printing.runIDs(request, isDrawn: sort.isDrawn, in: library)
        : try printing.run(request, isDrawn: sort.isDrawn, in: library)
    }
    if needsMatch, matches == 0 { try BatchOutcome.end(with: .noInput) }
  }
}
