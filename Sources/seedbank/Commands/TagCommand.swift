import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag",
    abstract: "Add tags to generations, or remove them.",
    discussion: """
      A tag can be a path: tag:client also finds client/acme. Seedbank asks before it edits more than \
      100 generations. To rename or delete a tag, use `seedbank tags`.

      EXAMPLES
        seedbank tag 31 27 --add coast
        seedbank tag lighthouse --add coast --add client/acme
        seedbank tag tag:draft rating:4.. --remove draft --yes
      """)

  @Option(help: "Tag to add; can be repeated.", completion: .tags)
  var add: [String] = []
  @Option(help: "Tag to remove; can be repeated.", completion: .tags)
  var remove: [String] = []
  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if add.isEmpty, remove.isEmpty { throw ValidationError("--add or --remove is missing") }
  }

  func run() throws {
    let edit = Edit.tag(
      add: try add.map { try TagName(typed: $0) },
      remove: try remove.map { try TagName(typed: $0) })
    try chosen.perform(edit, global)
  }
}
