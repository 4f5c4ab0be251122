import ArgumentParser
import Storage

struct CollectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collection",
    abstract: "Pick generations by hand, in an order of your own.",
    discussion: """
      EXAMPLES
        seedbank collection add 'Best of May' rating:5 created:2026-05
        seedbank collection list 'Best of May' --format paths
        seedbank collection arrange 'Best of May' id:1234
      """,
    subcommands: [Add.self, Remove.self, Arrange.self, List.self, Rename.self, Delete.self],
    defaultSubcommand: List.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add what a query finds at the end; the collection is made where there is none.",
      discussion: """
        EXAMPLES
          seedbank collection add 'Best of May' rating:5 created:2026-05
        """)

    @Argument(help: "The collection.") var name: String
    @OptionGroup var chosen: ChosenOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.collect(name), global) }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove what a query finds.",
      discussion: """
        EXAMPLES
          seedbank collection remove 'Best of May' tag:draft
        """)

    @Argument(help: "The collection.") var name: String
    @OptionGroup var chosen: ChosenOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.uncollect(name), global) }
  }

  struct Arrange: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put what a query finds before all else in the collection.",
      discussion: """
        EXAMPLES
          seedbank collection arrange 'Best of May' id:1234
        """)

    @Argument(help: "The collection.") var name: String
    @OptionGroup var chosen: ChosenOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.arrange(name), global) }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Rename a collection.",
      discussion: """
        EXAMPLES
          seedbank collection rename 'Best of May' 'Spring'
        """)

    @Argument(help: "The collection.") var name: String
    @Argument(help: "Its new name.") var newName: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      try session.edit(
        .renameCollection(name, to: newName), in: session.openLibrary(for: .writing), change)
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a collection; its generations stay.",
      discussion: """
        EXAMPLES
          seedbank collection delete 'Best of May'
        """)

    @Argument(help: "The collection.") var name: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      try session.edit(
        .deleteCollection(name), in: session.openLibrary(for: .writing), change)
    }
  }
}
