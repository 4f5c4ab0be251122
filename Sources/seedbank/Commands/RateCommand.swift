import ArgumentParser
import SeedbankStorage

struct RateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate",
    abstract: "Rate generations with 1 to 5 stars.",
    discussion: """
      EXAMPLES
        seedbank rate 31 --stars 5
        seedbank rate 31,27 --stars 4
        seedbank rate tag:draft --stars 0
      """)

  @Option(
    help: "1 to 5, or 0 to remove the rating.", completion: .list((0...5).map(String.init)))
  var stars: Int
  @OptionGroup var chosen: QueryEditOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if !(0...5).contains(stars) {
      throw ValidationError("--stars must be a number from 0 to 5, not \(stars)")
    }
  }

  func run() throws { try chosen.perform(.rate(stars == 0 ? nil : stars), global) }
}
