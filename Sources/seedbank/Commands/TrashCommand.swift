import ArgumentParser
import SeedbankStorage

struct TrashCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trash",
    abstract: "List, restore or empty what was deleted.",
    discussion: """
      EXAMPLES
        seedbank trash
        seedbank trash restore
      """,
    subcommands: [List.self, Restore.self, Empty.self],
    defaultSubcommand: List.self)
}
