import ArgumentParser
import SeedbankStorage

struct CollectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collection",
    abstract: "Pick generations by hand, in an order of your own.",
    discussion: """
      EXAMPLES
        seedbank collection add 'Best of May' rating:5 created:2026-05
        seedbank collection list 'Best of May' --format paths
        seedbank collection arrange 'Best of May' id:1234
      """,
    subcommands: [Add.self, Remove.self, Arrange.self, List.self, Rename.self, Delete.self],
    defaultSubcommand: List.self)
}
