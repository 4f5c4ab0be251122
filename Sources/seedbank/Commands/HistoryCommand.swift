import ArgumentParser
import SeedbankModel
import SeedbankStorage

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List edits, newest first.",
    discussion: """
      Undone edits are marked. `seedbank redo` can repeat them as long as no new edit is made.

      EXAMPLES
        seedbank history
        seedbank history --limit 10 --json
      """)

  @OptionGroup var limit: LimitOption
  @OptionGroup var list: ListOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let number = limit.number(list.format)
    let changes = try library.history(limit: number ?? .max)
    let report = ListReport(
      keys: ["id", "at", "actor", "action", "generations", "undone_at"],
      rows: changes.map { change in
        [
          .number(change.id), .text(change.at.description), .text(change.actor),
          .text(change.action), .number(Int64(change.generations)),
          .text(change.undoneAt?.description),
        ]
      }, name: "id")
    report.print(list.format, session) {
      var table = TextTable([
        .init(title: "when"), .init(title: "who", importance: 1), .init(title: "what"),
      ])
      table.rows = changes.map { change in
        let mark = change.undoneAt == nil ? "" : " (undone)"
        return [
          Clock.local(change.at), SafeText.line(change.actor), SafeText.line(change.action) + mark,
        ]
      }
      return table.rendered(width: session.terminal.width, style: session.style)
    }
    if list.format == .table,
      let remark = LimitOption.remark(shown: changes.count, of: try library.historyCount())
    {
      session.talk.note(remark)
    }
  }
}
