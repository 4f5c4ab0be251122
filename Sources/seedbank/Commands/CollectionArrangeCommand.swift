import ArgumentParser
import SeedbankStorage

extension CollectionCommand {
  struct Arrange: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put what a query finds before all else in the collection.",
      discussion: """
        EXAMPLES
          seedbank collection arrange 'Best of May' id:1234
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var chosen: QueryEditOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.arrange(name), global) }
  }
}
