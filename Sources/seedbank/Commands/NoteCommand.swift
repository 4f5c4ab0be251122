import ArgumentParser
import SeedbankStorage

struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Write a note on a generation.",
    discussion: """
      It takes the place of an earlier one; an empty text takes the note away.

      EXAMPLES
        seedbank note @last 'the hands are right in this one'
        seedbank note 1234 ''
      """)

  @Argument(help: .reference, completion: .generations)
  var reference: String
  @Argument(help: "The note.")
  var text: String
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .writing)
    let id = try session.resolve(reference, in: library).generation
    let report = try library.edit(
      .note(text), on: [id], by: session.actor, at: session.now, rehearsing: change.dryRun)
    let verb = change.dryRun ? "would be changed" : "changed"
    session.output.write(
      report.changed == 0 ? "nothing to change\n" : "note of generation \(id) \(verb)\n")
  }
}
