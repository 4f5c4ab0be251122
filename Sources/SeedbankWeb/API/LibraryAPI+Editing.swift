import SeedbankModel
import SeedbankQuery
import SeedbankStorage

extension LibraryAPI {
  /// Edits a selection as one entry of the history.
  ///
  /// Writes how many generations changed or would change, and the number of the entry.
  func edit(
    _ selection: SelectionRequest, by actor: String, to writer: inout JSONWriter
  ) throws {
    let ids =
      switch selection.target {
      case .ids(let ids): ids
      case .query(let text):
        try library.ids(SearchRequest(try query(text).query, order: .oldest, limit: 0, at: local))
      }
    let chosen = selection.except.isEmpty ? ids : ids.filter { !selection.except.contains($0) }
    let report = try library.edit(
      selection.edit, on: chosen, by: actor, at: local.now, rehearsing: selection.isRehearsal)
    writer.object { object in
      object.member("count", report.changed)
      object.member("change", selection.isRehearsal ? nil : report.change)
    }
  }

  func undo(_ request: HistoryRequest, to writer: inout JSONWriter) throws {
    if let change = request.change {
      write(try library.undo(change: change, at: local.now), to: &writer)
    } else {
      write(try library.undo(at: local.now).first, to: &writer)
    }
  }

  func redo(_ request: HistoryRequest, to writer: inout JSONWriter) throws {
    if let change = request.change {
      write(try library.redo(change: change, at: local.now), to: &writer)
    } else {
      write(try library.redo(at: local.now).first, to: &writer)
    }
  }

  private func write(_ step: HistoryStep?, to writer: inout JSONWriter) {
    writer.object { object in
      object.member("action", step?.change.action)
      object.member("count", step?.change.generations ?? 0)
      object.member("change", step?.change.id)
    }
  }
}
