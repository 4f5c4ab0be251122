import ArgumentParser
import SeedbankStorage

struct UnfavoriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unfavorite",
    abstract: "Take the mark of a favorite away.",
    discussion: """
      EXAMPLES
        seedbank unfavorite is:favorite rating:1..3
      """)

  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func run() throws { try chosen.perform(.favorite(false), global) }
}
