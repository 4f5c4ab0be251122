import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct SavedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saved",
    abstract: "Add, list or delete saved searches.",
    discussion: """
      EXAMPLES
        seedbank saved add best 'rating:4..' -tag:draft
        seedbank search search:best created:2026-11
      """,
    subcommands: [Add.self, List.self, Delete.self],
    defaultSubcommand: List.self)
}

extension SavedCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Save a search under a name.",
      discussion: """
        Other queries can use it as search:NAME. If the name exists, the saved search is replaced; \
        `seedbank undo` restores it.

        EXAMPLES
          seedbank saved add best 'rating:4..' -tag:draft
          seedbank search search:best created:2026-11
        """)

    @Argument(help: "The name.", completion: .searches)
    var name: String
    @Argument(help: .query, completion: .query)
    var query: [String]
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let text = query.joined(separator: " ")
      try session.checkForSaving(text)
      let library = try session.libraryForEdit(isDryRun: change.dryRun)
      // The lookup also finds a similar name, which is not replaced.
      let found = try library.savedSearch(named: name)
      let old = found.flatMap { $0.name.isIdentical(to: name) ? $0.query : nil }
      let edit = try library.edit(
        .saveSearch(name: name, query: text), by: session.actor, at: session.now,
        rehearsing: change.dryRun)
      let verb = change.dryRun ? "Would save" : "Saved"
      let before =
        old.map { $0.isIdentical(to: text) ? ", as before" : ", instead of: \($0)" } ?? ""
      CommandReport(
        "saved add", change,
        text: SafeText.line("\(verb) search:\(name): \(text)\(before)") + "\n"
      ) { object in
        object.member("name", name)
        object.member("query", text)
        object.member("previous_query", old)
        object.member("change", edit.change)
      }.print(report, session)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the saved searches.",
      discussion: """
        EXAMPLES
          seedbank saved list
          seedbank saved list --format json
        """)

    @OptionGroup var list: ListOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let searches = try session.openLibrary(for: .reading).savedSearches()
      let report = ListReport(
        keys: ["name", "query", "created_at"],
        rows: searches.map {
          [.text($0.name), .text($0.query), .text($0.createdAt.description)]
        }, name: "name")
      report.print(list.format, session) {
        guard !searches.isEmpty else { return "" }
        var table = TextTable([.init(title: "name"), .init(title: "query")])
        table.rows = searches.map { [SafeText.line($0.name), SafeText.line($0.query)] }
        return table.rendered(width: session.terminal.width, style: session.style)
      }
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Delete a saved search; the generations stay.",
      discussion: """
        EXAMPLES
          seedbank saved delete best
        """)

    @Argument(help: "The name.", completion: .searches)
    var name: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .writing)
      let edit = try library.edit(
        .deleteSearch(name), by: session.actor, at: session.now,
        rehearsing: change.dryRun)
      let text =
        change.dryRun
        ? "Would delete search:\(name)" : "Deleted search:\(name). Undo: `seedbank undo`."
      CommandReport("saved delete", change, text: SafeText.line(text) + "\n") { object in
        object.member("name", name)
        object.member("change", edit.change)
      }.print(report, session)
    }
  }
}
