import ArgumentParser
import SeedbankStorage

extension CollectionCommand {
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove what a query finds.",
      discussion: """
        EXAMPLES
          seedbank collection remove 'Best of May' tag:draft
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var chosen: QueryEditOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.uncollect(name), global) }
  }
}
