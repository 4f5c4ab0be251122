import ArgumentParser
import SeedbankStorage

struct SearchCommand: ParsableCommand {
  static let commandName = "search"
  static let configuration = CommandConfiguration(
    commandName: commandName,
    abstract: "Find generations.",
    discussion: """
      Words are looked for in prompt, note and tags; every one must be there. -word leaves out what \
      has it. Fields narrow the search: tag:coast seed:42 model:seedream-3-0-t2i-250415 size:1024x1024 rating:4.. \
      created:7d is:favorite has:note similar:@last and more. Without a query everything is listed.

      A first word save, list or delete is a command of its own (`seedbank search save --help`); to \
      look for such a word, put -- before it.

      EXAMPLES
        seedbank search cat fisheye -blurry
        seedbank search '"close-up of a cat" OR tag:portrait' --sort rating
        seedbank search created:2026-11 --facets
        seedbank search tag:client/acme --limit 0 --format jsonl
        seedbank search -- save the whales
      """)

  @Argument(help: .query, completion: .query)
  var query: [String] = []
  @Flag(help: "Only how many there are.")
  var count = false
  @Flag(help: "The most frequent tags, models and sizes of what is found.")
  var facets = false
  @Option(help: "The order.")
  var sort: SortOrder = .newest
  @Option(help: ArgumentHelp("How many at most; 0 is all.", valueName: "number"))
  var limit = 50
  @Option(help: ArgumentHelp("Goes on after the last id of a page.", valueName: "id"))
  var after: Int64?
  @OptionGroup var table: TableOptions
  @OptionGroup var records: RecordOptions
  @OptionGroup var global: GlobalOptions

  /// The search that the arguments ask for.
  var search: Search {
    Search(
      words: query, isCount: count, isFacets: facets, sort: sort, limit: limit, after: after,
      format: records.format, nul: records.nul, library: global.library, color: global.color,
      isQuiet: global.quiet, table: table.layout)
  }

  func validate() throws {
    if let conflict = search.conflict { throw ValidationError(conflict) }
  }

  func run() throws { try search.run() }
}
