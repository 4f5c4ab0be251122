import ArgumentParser
import SeedbankStorage

struct RateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate",
    abstract: "Rate what a query finds.",
    discussion: """
      EXAMPLES
        seedbank rate id:1234 --stars 5
        seedbank rate tag:draft --stars 0
      """)

  @Argument(help: .query, completion: .query)
  var query: [String]
  @Option(
    help: "0 to 5; 0 takes the rating away.", completion: .list((0...5).map(String.init)))
  var stars: Int
  @OptionGroup var confirm: ConfirmOption
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if !(0...5).contains(stars) { throw ValidationError("--stars takes 0 to 5") }
  }

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let ids = try session.ids(query, in: library)
    try session.edit(.rate(stars == 0 ? nil : stars), on: ids, in: library, confirm, change)
  }
}
