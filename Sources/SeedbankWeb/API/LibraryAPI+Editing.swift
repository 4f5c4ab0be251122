import SeedbankModel
import SeedbankQuery
import SeedbankStorage

extension LibraryAPI {
  /// Edits a selection as one entry of the history; returns how many generations changed or would change.
  func edit(_ selection: SelectionRequest, by actor: String) throws -> Int {
    let ids =
      switch selection.target {
      case .ids(let ids): ids
      case .query(let text):
        try library.ids(SearchRequest(try query(text).query, order: .oldest, limit: 0, at: local))
      }
    let chosen = selection.except.isEmpty ? ids : ids.filter { !selection.except.contains($0) }
    return try library.edit(
      selection.edit, on: chosen, by: actor, at: local.now, rehearsing: selection.isRehearsal
    ).changed
  }

  func undo(to writer: inout JSONWriter) throws {
    write(try library.undo(at: local.now), to: &writer)
  }

  func redo(to writer: inout JSONWriter) throws {
    write(try library.redo(at: local.now), to: &writer)
  }

  private func write(_ steps: [HistoryStep], to writer: inout JSONWriter) {
    writer.object { object in
      object.member("action", steps.first?.change.action)
      object.member("count", steps.first?.change.generations ?? 0)
    }
  }
}
