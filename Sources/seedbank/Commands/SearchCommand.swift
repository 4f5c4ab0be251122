import ArgumentParser
import SeedbankStorage

struct SearchCommand: ParsableCommand {
  static let commandName = "search"
  static let configuration = CommandConfiguration(
    commandName: commandName,
    abstract: "Search generations.",
    discussion: """
      Every word must occur in the prompt, the note or a tag. -word excludes a word. Fields narrow the \
      search: tag:coast seed:42 model:seedream-3-0-t2i-250415 size:1024x1024 rating:4.. created:7d \
      is:favorite has:note similar:@last and more. Without a query, everything is listed.

      Generations are named by #31, 31,27, 5..12, @last or an image file. A bare number is a word.

      EXAMPLES
        seedbank search cat fisheye -blurry
        seedbank search '"close-up of a cat" OR tag:portrait' --sort rating
        seedbank search created:2026-11 --facets
        seedbank search tag:client/acme --format jsonl
        seedbank search '#31' --json
      """)

  @Argument(help: .query, completion: .query)
  var query: [String] = []
  @Flag(help: "Print only the number of matches.")
  var count = false
  @Flag(help: "Print the most frequent tags, models and sizes of the matches.")
  var facets = false
  @Flag(
    name: [.long, .customShort("e")], help: "Exit with status 66 if nothing matches.")
  var exitStatus = false
  @Option(help: "Sort order.")
  var sort: SortOrder = .newest
  @OptionGroup var limit: LimitOption
  @Option(help: ArgumentHelp("Show the results after this id.", valueName: "id"))
  var after: Int64?
  @OptionGroup var table: TableOptions
  @OptionGroup var records: RecordOptions
  @OptionGroup var global: GlobalOptions

  /// The search that the arguments ask for.
  var search: Search {
    Search(
      words: query, isCount: count, isFacets: facets, needsMatch: exitStatus, sort: sort,
      limit: limit.limit, after: after, format: records.format, nul: records.nul,
      library: global.library, color: global.color, isQuiet: global.quiet, table: table.layout)
  }

  func validate() throws {
    if let conflict = search.conflict { throw ValidationError(conflict) }
  }

  func run() throws { try search.run() }
}
