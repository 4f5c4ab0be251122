import ArgumentParser
import SeedbankStorage

struct DeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Move what a query finds to the trash.",
    discussion: """
      Image files stay until the trash is emptied; `seedbank undo` or `seedbank trash restore` bring
      everything back.

      EXAMPLES
        seedbank delete id:1234
        seedbank delete tag:draft rating:none --dry-run
      """)

  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.trash, global) }
}
