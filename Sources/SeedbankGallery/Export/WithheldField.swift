import SeedbankModel
import SeedbankStorage

/// Fields that can be left out of an export.
public enum WithheldField: String, CaseIterable, Sendable {
  case note
  /// The rating and the favorite mark.
  case rating
  /// The generation that it reproduces, with the changes and the verdict.
  case parent
  /// The timeline, and the recorded replies.
  case events
}

extension Set<WithheldField> {
  /// The generation without these fields.
  func withheld(from generation: Generation) -> Generation {
    guard !isEmpty else { return generation }
    var generation = generation
    if contains(.note) { generation.note = nil }
    if contains(.rating) {
      generation.rating = nil
      generation.isFavorite = false
    }
    if contains(.parent) {
      generation.parent = nil
      generation.parentChange = nil
      generation.verdict = nil
    }
    return generation
  }

  /// The record of such a generation without these fields.
  func withheld(from record: GenerationRecord) -> GenerationRecord {
    guard !isEmpty else { return record }
    var record = record
    if contains(.note) { record.archive?.edits[.note] = nil }
    if contains(.rating) {
      record.archive?.edits[.rating] = nil
      record.archive?.edits[.favorite] = nil
    }
    if contains(.parent) { record.parentUID = nil }
    if contains(.events) {
      record.archive?.events = []
      record.archive?.attempts = 0
      record.archive?.replyBody = nil
      record.archive?.pollBody = nil
    }
    return record
  }
}
