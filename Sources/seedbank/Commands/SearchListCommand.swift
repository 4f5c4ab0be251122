import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct SearchListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search-list",
    abstract: "List the saved queries.",
    discussion: """
      EXAMPLES
        seedbank search list
        seedbank search list --format json
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let searches = try session.openLibrary(for: .reading).savedSearches()
    switch report.format {
    case .text: session.output.write(Self.table(searches, session))
    case .json: session.output.write(Self.json(searches))
    }
  }

  private static func table(_ searches: [SavedSearch], _ session: Session) -> String {
    guard !searches.isEmpty else { return "" }
    var table = TextTable([.init(title: "name"), .init(title: "query")])
    table.rows = searches.map { [SafeText.line($0.name), SafeText.line($0.query)] }
    return table.rendered(width: session.terminal.width, style: session.style)
  }

  private static func json(_ searches: [SavedSearch]) -> String {
    var writer = JSONWriter()
    writer.array { array in
      for search in searches {
        array.object {
          $0.member("name", search.name)
          $0.member("query", search.query)
          $0.member("created_at", search.createdAt.description)
        }
      }
    }
    writer.newline()
    return writer.text
  }
}
