import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct TagRenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag-rename",
    abstract: "Rename a tag and what lies under it.",
    discussion: """
      A name that is taken already takes in the generations of the old one.

      EXAMPLES
        seedbank tag rename client/acme client/acme-ltd
      """)

  @Argument(help: "The tag.", completion: .tags)
  var tag: String
  @Argument(help: "Its new name.", completion: .tags)
  var name: String
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let edit = try CatalogEdit.renameTag(TagName(typed: tag), to: TagName(typed: name))
    try session.edit(edit, in: session.openLibrary(for: .writing), confirm, change)
  }
}
