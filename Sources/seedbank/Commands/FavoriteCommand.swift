import ArgumentParser
import SeedbankStorage

struct FavoriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "favorite",
    abstract: "Mark generations as favorites.",
    discussion: """
      EXAMPLES
        seedbank favorite 31
        seedbank search is:favorite
      """)

  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.favorite(true), global) }
}

struct UnfavoriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unfavorite",
    abstract: "Remove the favorite mark from generations.",
    discussion: """
      EXAMPLES
        seedbank unfavorite 31
        seedbank unfavorite is:favorite rating:..3
      """)

  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.favorite(false), global) }
}
