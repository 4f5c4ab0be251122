import ArgumentParser
import SeedbankStorage

struct SearchSaveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search-save",
    abstract: "Keep a query under a name.",
    discussion: """
      Wherever a query may stand, search:NAME then stands for it. A name that is taken is given the new \
      query, which `seedbank undo` takes back.

      EXAMPLES
        seedbank search save best rating:4.. -tag:draft
        seedbank search search:best created:2026-11
      """)

  @Argument(help: "The name.", completion: .searches)
  var name: String
  @Argument(help: .query, completion: .query)
  var query: [String]
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .creating)
    let text = query.joined(separator: " ")
    try session.checkForSaving(text)
    let old = try library.savedSearch(named: name)?.query
    try library.edit(
      .saveSearch(name: name, query: text), by: session.actor, at: session.now,
      rehearsing: change.dryRun)
    let verb = change.dryRun ? "Would save" : "Saved"
    let before = old.map { $0 == text ? ", as it was" : ", instead of: \($0)" } ?? ""
    session.output.write(SafeText.line("\(verb) search:\(name): \(text)\(before)") + "\n")
  }
}
