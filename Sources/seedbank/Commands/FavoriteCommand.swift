import ArgumentParser
import SeedbankStorage

struct FavoriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "favorite",
    abstract: "Mark what a query finds as favorite.",
    discussion: """
      EXAMPLES
        seedbank favorite id:1234
        seedbank search is:favorite
      """)

  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.favorite(true), global) }
}
