import SeedbankModel
import SeedbankStorage

/// A search as it was asked for, however its arguments were read.
struct Search: Equatable {
  var words: [String] = []
  var isCount = false
  var isFacets = false
  var sort = SortOrder.newest
  /// 0: all.
  var limit = 50
  var after: Int64?
  var format = RecordFormat.table
  var nul = false
  var library: String?
  var color = ColorChoice.auto
  var isQuiet = false
  var table = TableLayout()

  /// What does not go together, in a sentence.
  var conflict: String? {
    if limit < 0 { return "--limit must be 0 or more" }
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
    let prepared = try session.query(words, in: library)
    if isCount {
      session.output.write("\(try library.count(prepared.query, at: session.local))\n")
    } else if isFacets {
      let facets = try library.facets(prepared.query, at: session.local)
      session.output.write(FacetReport.text(facets, format, session))
    } else {
      let request = SearchRequest(
        prepared.query, order: sort.order, limit: limit, after: after.map { GenerationID($0) },
        at: session.local)
      var printing = SearchPrinting(
        session, format, nul: nul, library.folder, prepared.highlighter)
      printing.lay(out: table, sortedBy: sort.order, library.folder)
      try printing.run(request, isDrawn: sort.isDrawn, in: library)
    }
  }
}
