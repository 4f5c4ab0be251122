import ArgumentParser
import SeedbankStorage

extension CollectionCommand {
  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a collection; its generations stay.",
      discussion: """
        EXAMPLES
          seedbank collection delete 'Best of May'
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      try session.edit(
        .deleteCollection(name), in: session.openLibrary(for: .writing), confirm, change)
    }
  }
}
