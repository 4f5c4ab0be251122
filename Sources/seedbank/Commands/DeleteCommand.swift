import ArgumentParser
import SeedbankStorage

struct DeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Move generations to the trash.",
    discussion: """
      Image files are kept until the trash is emptied. `seedbank undo` or `seedbank trash restore` \
      restores the generations.

      EXAMPLES
        seedbank delete 31
        seedbank delete tag:draft rating:none --dry-run
      """)

  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.trash, global) }
}
