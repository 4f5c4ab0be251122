import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct TagDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag-delete",
    abstract: "Take a tag off every generation.",
    discussion: """
      Tags that lie under it stay, and so do the generations.

      EXAMPLES
        seedbank tag delete draft
      """)

  @Argument(help: "The tag.", completion: .tags)
  var tag: String
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let edit = try CatalogEdit.deleteTag(TagName(typed: tag))
    try session.edit(edit, in: session.openLibrary(for: .writing), confirm, change)
  }
}
