import ArgumentParser
import SeedbankStorage

extension CollectionCommand {
  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Rename a collection.",
      discussion: """
        EXAMPLES
          seedbank collection rename 'Best of May' 'Spring'
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @Argument(help: "Its new name.") var newName: String
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      try session.edit(
        .renameCollection(name, to: newName), in: session.openLibrary(for: .writing), confirm,
        change)
    }
  }
}
