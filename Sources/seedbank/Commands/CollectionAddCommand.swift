import ArgumentParser
import SeedbankStorage

extension CollectionCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add what a query finds at the end; the collection is made where there is none.",
      discussion: """
        EXAMPLES
          seedbank collection add 'Best of May' rating:5 created:2026-05
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var chosen: QueryEditOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.collect(name), global) }
  }
}
