import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct TagsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tags",
    abstract: "List, rename or delete tags.",
    discussion: """
      To add tags to generations or remove them, use `seedbank tag`.

      EXAMPLES
        seedbank tags
        seedbank tags rename client/acme client/acme-ltd
      """,
    subcommands: [List.self, Rename.self, Delete.self],
    defaultSubcommand: List.self)
}

extension TagsCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the tags and the number of generations that have each.",
      discussion: """
        Generations in the trash are not counted. A tag that is not used is listed with 0.

        EXAMPLES
          seedbank tags
          seedbank tags --format json
        """)

    @OptionGroup var list: ListOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let tags = try session.openLibrary(for: .reading).tagCounts()
      let report = ListReport(
        keys: ["tag", "uses"],
        rows: tags.map { [.text($0.name), .number(Int64($0.uses))] }, name: "tag")
      report.print(list.format, session) {
        ListReport.table(uses: "uses", name: "tag", tags.map { ($0.uses, $0.name) }, session)
      }
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename",
      abstract: "Rename a tag and the tags under it.",
      discussion: """
        If the new name exists, the two tags are merged.

        EXAMPLES
          seedbank tags rename client/acme client/acme-ltd
        """)

    @Argument(help: "The tag.", completion: .tags)
    var tag: String
    @Argument(help: "Its new name.", completion: .tags)
    var name: String
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let edit = try CatalogEdit.renameTag(TagName(typed: tag), to: TagName(typed: name))
      try EditRun(global, confirm, change, report).perform(edit)
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Remove a tag from all generations.",
      discussion: """
        The tags under it and the generations stay.

        EXAMPLES
          seedbank tags delete draft
        """)

    @Argument(help: "The tag.", completion: .tags)
    var tag: String
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      try EditRun(global, confirm, change, report).perform(
        CatalogEdit.deleteTag(TagName(typed: tag)))
    }
  }
}
