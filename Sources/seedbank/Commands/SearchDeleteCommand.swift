import ArgumentParser
import SeedbankStorage

struct SearchDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search-delete",
    abstract: "Forget a saved query; what it finds is left alone.",
    discussion: """
      EXAMPLES
        seedbank search delete best
      """)

  @Argument(help: "The name.", completion: .searches)
  var name: String
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    try library.edit(
      .deleteSearch(name), by: session.actor, at: session.now,
      rehearsing: change.dryRun)
    let verb = change.dryRun ? "Would delete" : "Deleted"
    session.output.write(SafeText.line("\(verb) search:\(name)") + "\n")
  }
}
