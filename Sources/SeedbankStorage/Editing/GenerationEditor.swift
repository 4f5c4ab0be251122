internal import GRDB
import SeedbankModel

/// Performs an `Edit`, a few hundred generations at a time, within one transaction.
struct GenerationEditor {
  private var writer: ChangeWriter
  private let edit: Edit
  private var report = EditReport()
  /// Where the next generation goes in the collection that is added to.
  private var position: Int64 = 0
  /// Large enough to make few statements, small enough to keep memory flat.
  static let chunk = 500

  init(_ edit: Edit, _ writer: ChangeWriter) {
    self.edit = edit
    self.writer = writer
  }

  mutating func run(on ids: [Int64]) throws -> EditReport {
    guard !ids.isEmpty else { return report }
    try prepare()
    if edit.isIndexed {
      // In ascending order the index is written once and not for each chunk.
      let ids = ids.sorted()
      try SearchIndex.editingMany(ids.count, in: writer.database) {
        try forEachChunk(of: ids) { editor, targets in
          try SearchIndex.editing(targets.map(\.id), in: editor.writer.database) {
            try editor.apply(to: targets)
          }
        }
      }
    } else {
      try forEachChunk(of: arranged(ids)) { try $0.apply(to: $1) }
    }
    report.change = writer.id
    try writer.finish(edit.action(on: report.changed))
    return report
  }

  /// What an edit needs of the library comes first, so that undoing, which goes backwards, takes it
  /// away last.
  private mutating func prepare() throws {
    switch edit {
    case .tag(let added, _):
      for tag in added { try writer.set(.tag(tag), to: FieldValue.yes) }
    case .collect(let name):
      if let id = try CollectionTable.find(name, in: writer.database) {
        position = try CollectionTable.lastPosition(of: id, in: writer.database)
      } else {
        try writer.set(.collection(name), to: FieldValue.number(writer.time))
      }
    case .uncollect(let name), .arrange(let name):
      guard try CollectionTable.find(name, in: writer.database) != nil else {
        throw EditError.noSuchCollection(name)
      }
    case .rate, .note, .favorite, .trash, .restore: break
    }
  }

  /// Arranging moves every member: those that were named, then the others as they stood.
  private func arranged(_ ids: [Int64]) throws -> [Int64] {
    guard case .arrange(let name) = edit,
      let collection = try CollectionTable.find(name, in: writer.database)
    else { return ids }
    let members = try CollectionTable.members(of: collection, in: writer.database)
    let present = Set(members)
    let named = Set(ids)
    return ids.filter(present.contains) + members.filter { !named.contains($0) }
  }

  private mutating func forEachChunk(
    of ids: [Int64], _ body: (inout GenerationEditor, [EditTarget]) throws -> Void
  ) throws {
    for start in stride(from: 0, to: ids.count, by: Self.chunk) {
      let chunk = ids[start..<min(start + Self.chunk, ids.count)]
      try body(&self, EditTarget.targets(chunk, in: writer.database))
    }
  }

  private mutating func apply(to targets: [EditTarget]) throws {
    for target in targets where try apply(to: target) {
      report.changed += 1
      report.changedIDs.append(GenerationID(target.id))
    }
  }

  private mutating func apply(to target: EditTarget) throws -> Bool {
    switch edit {
    case .tag(let added, let removed):
      var changed = false
      for tag in removed { changed = try set(.tag(tag), nil) || changed }
      for tag in added { changed = try set(.tag(tag), FieldValue.yes) || changed }
      return changed
    case .rate(let stars): return try set(.rating, FieldValue.number(stars.map { Int64($0) }))
    case .note(let text): return try set(.note, FieldValue.text(text))
    case .favorite(let flag): return try set(.favorite, FieldValue.flag(flag))
    case .collect(let name):
      let field = EditField.collection(name)
      guard try GenerationFields.value(field, of: target.id, in: writer.database) == nil else {
        return false
      }
      position += 1
      return try set(field, FieldValue.number(position))
    case .uncollect(let name): return try set(.collection(name), nil)
    case .arrange(let name):
      position += 1
      return try set(.collection(name), FieldValue.number(position))
    case .trash:
      // What lies in the trash already keeps the time when it came there.
      guard try GenerationFields.value(.trashed, of: target.id, in: writer.database) == nil else {
        return false
      }
      return try set(.trashed, FieldValue.number(writer.time))
    case .restore: return try set(.trashed, nil)
    }

    func set(_ field: EditField, _ value: String?) throws -> Bool {
      try writer.set(field, of: target, to: value)
    }
  }
}

extension Edit {
  /// Whether the search index contains what it changes.
  ///
  /// Collections are not in the index.
  fileprivate var isIndexed: Bool {
    switch self {
    case .collect, .uncollect, .arrange: false
    case .tag, .rate, .note, .favorite, .trash, .restore: true
    }
  }

  /// The words of the history.
  func action(on count: Int) -> String {
    let what = "\(count) generation\(count == 1 ? "" : "s")"
    switch self {
    case .tag(let added, let removed):
      let signs = added.map { "+\($0)" } + removed.map { "-\($0)" }
      return "tag \(signs.joined(separator: " ")) on \(what)"
    case .rate(let stars?): return "rate \(what) with \(stars) star\(stars == 1 ? "" : "s")"
    case .rate(nil): return "remove the rating of \(what)"
    case .note(let text):
      return text?.isEmpty ?? true ? "remove the note of \(what)" : "note on \(what)"
    case .favorite(let flag): return "\(flag ? "favorite" : "unfavorite") \(what)"
    case .collect(let name): return "add \(what) to collection \(name)"
    case .uncollect(let name): return "remove \(what) from collection \(name)"
    case .arrange(let name): return "reorder collection \(name)"
    case .trash: return "delete \(what)"
    case .restore: return "restore \(what) from the trash"
    }
  }
}
