import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Add tags to what a query finds, or remove them.",
    discussion: """
      A tag may be a path: tag:client finds client/acme too. More than 100 generations are asked about
      first. `seedbank undo` takes it back.

      EXAMPLES
        seedbank tag lighthouse --add coast --add client/acme
        seedbank tag tag:draft rating:4.. --remove draft --yes
      """)

  @Argument(help: .query, completion: .query)
  var query: [String]
  @Option(help: "A tag to add; may be said several times.", completion: .tags)
  var add: [String] = []
  @Option(help: "A tag to remove; may be said several times.", completion: .tags)
  var remove: [String] = []
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if add.isEmpty, remove.isEmpty {
      throw ValidationError("say which tags with --add or --remove")
    }
  }

  func run() throws {
    let session = Session(global)
    let edit = Edit.tag(
      add: try add.map { try TagName(typed: $0) },
      remove: try remove.map { try TagName(typed: $0) })
    let library = try session.openLibrary(for: .writing)
    let ids = try session.ids(query, in: library)
    try session.edit(edit, on: ids, in: library, confirm, change)
  }
}
