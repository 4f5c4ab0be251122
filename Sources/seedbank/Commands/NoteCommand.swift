import ArgumentParser
import SeedbankStorage

struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Write a note on a generation.",
    discussion: """
      Replaces an existing note. An empty text removes the note. Without a text, the note is read from a \
      pipe or edited in VISUAL or EDITOR. - reads standard input.

      EXAMPLES
        seedbank note @last 'the hands are right in this one'
        seedbank note 1234 --append 'printed for the client'
        echo 'from a script' | seedbank note 1234 -
        seedbank note 1234 ''
      """)

  @Argument(help: .reference, completion: .generations)
  var reference: String
  @Argument(help: "The note, or - for standard input (default: edit the note).")
  var text: String?
  @Flag(help: "Add the text to the note on a new line.")
  var append = false
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let run = EditRun(global, nil, change, report)
    let library = try run.session.openLibrary(for: .writing)
    let generation = try run.session.generation(reference, in: library)
    let old = generation.note
    try NoteText.read(text, editing: append ? "" : old ?? "", run.session) { typed in
      guard !append || !typed.isEmpty else {
        throw Failure(.usage, "the text to append is empty; nothing was changed")
      }
      let edit: Edit =
        if append {
          .appendNote(typed)
        } else if NoteText.isEdited(text) {
          // Another process may have written the note while the editor was open.
          .changeNote(from: old, to: typed)
        } else {
          .note(typed)
        }
      try run.perform(edit, on: [generation.id], in: library)
    }
  }
}
