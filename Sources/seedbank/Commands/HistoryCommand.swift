import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the edits, newest first.",
    discussion: """
      What was undone is marked, and can be made again with `redo` until the next edit.

      EXAMPLES
        seedbank history
        seedbank history --limit 0 --format json
      """)

  @Option(help: "How many; 0 is all.")
  var limit = 50
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit takes 0 or more") }
  }

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let changes = try library.history(limit: limit == 0 ? .max : limit)
    switch report.format {
    case .text:
      var table = TextTable([
        .init(title: "when"), .init(title: "who", importance: 1), .init(title: "what"),
      ])
      table.rows = changes.map { change in
        let mark = change.undoneAt == nil ? "" : " (undone)"
        return [
          Clock.local(change.at), SafeText.line(change.actor), SafeText.line(change.action) + mark,
        ]
      }
      session.output.write(
        table.rendered(width: session.terminal.width, style: session.style))
    case .json:
      var writer = JSONWriter()
      writer.array { array in
        for change in changes { change.write(to: &array) }
      }
      session.output.write(writer.text + "\n")
    }
  }
}

extension Change {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("id", id)
      object.member("at", at.description)
      object.member("actor", actor)
      object.member("action", action)
      object.member("generations", generations)
      object.member("undone_at", undoneAt?.description)
    }
  }
}
