import ArgumentParser
import SeedbankStorage

struct CollectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collection",
    abstract: "Organize generations in collections, in an order that you choose.",
    discussion: """
      EXAMPLES
        seedbank collection add 'Best of May' rating:5 created:2026-05
        seedbank collection list 'Best of May' --format paths
        seedbank collection arrange 'Best of May' 31 27
      """,
    subcommands: [Add.self, Remove.self, Arrange.self, List.self, Rename.self, Delete.self],
    defaultSubcommand: List.self)
}

extension CollectionCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add generations to the end of a collection, which is created if needed.",
      discussion: """
        EXAMPLES
          seedbank collection add 'Best of May' rating:5 created:2026-05
          seedbank collection add 'Best of May' 31 27
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var chosen: QueryEditOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.collect(name), global) }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Remove generations from a collection.",
      discussion: """
        EXAMPLES
          seedbank collection remove 'Best of May' tag:draft
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var chosen: QueryEditOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.uncollect(name), global) }
  }

  struct Arrange: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "arrange",
      abstract: "Move generations to the start of a collection.",
      discussion: """
        References keep the order in which you give them.

        EXAMPLES
          seedbank collection arrange 'Best of May' 31 27
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var chosen: QueryEditOptions
    @OptionGroup var global: GlobalOptions

    func run() throws { try chosen.perform(.arrange(name), global) }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the collections, or the generations in one.",
      discussion: """
        EXAMPLES
          seedbank collection list
          seedbank collection list 'Best of May' --format paths
        """)

    @Argument(
      help: "The collection (default: the names of all).", completion: .collections)
    var name: String?
    @OptionGroup var records: RecordOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .reading)
      guard let name else { return try listAll(library, session) }
      var printer = RecordPrinter(session, records, folder: library.folder)
      try printer.print(library.members(ofCollection: name), in: library)
    }

    private func listAll(_ library: Library, _ session: Session) throws {
      guard records.format != .paths else {
        throw Failure(
          .usage, "--format paths needs a collection",
          hint: "`seedbank collection list` lists their names")
      }
      let collections = try library.collections()
      let report = ListReport(
        keys: ["collection", "generations", "created_at"],
        rows: collections.map {
          [.text($0.name), .number(Int64($0.count)), .text($0.createdAt.description)]
        }, name: "collection")
      report.print(records.format, nul: records.nul, session) {
        ListReport.table(
          uses: "generations", name: "collection", collections.map { ($0.count, $0.name) }, session)
      }
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename",
      abstract: "Rename a collection.",
      discussion: """
        EXAMPLES
          seedbank collection rename 'Best of May' 'Spring'
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @Argument(help: "Its new name.") var newName: String
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      try EditRun(global, confirm, change, report).perform(
        CatalogEdit.renameCollection(name, to: newName))
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Delete a collection; its generations stay.",
      discussion: """
        EXAMPLES
          seedbank collection delete 'Best of May'
        """)

    @Argument(help: "The collection.", completion: .collections) var name: String
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      try EditRun(global, confirm, change, report).perform(CatalogEdit.deleteCollection(name))
    }
  }
}
