internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Performs an `Edit`, some generations at a time, within one transaction.
struct GenerationEditor {
  private var writer: ChangeWriter
  private let edit: Edit
  private let isRehearsal: Bool
  private var report = EditReport()
  /// The position of the next generation in the collection.
  private var position: Int64 = 0
  /// Large enough to make few statements, small enough to keep memory flat.
  static let chunk = 500
  /// The same for edits with a few statements for a whole chunk.
  private static let batch = 4_000
  private let pages: EditPages

  /// - Parameters:
  ///   - rehearsing: whether to find out only which generations would change.
  ///   - pages: how ratings, favorite flags and tags are read.
  init(_ edit: Edit, _ writer: ChangeWriter, rehearsing: Bool, _ pages: EditPages) {
    self.edit = edit
    self.writer = writer
    self.pages = pages
    isRehearsal = rehearsing
  }

  mutating func run(on ids: [Int64]) throws -> EditReport {
    guard !ids.isEmpty else { return report }
    try writer.database.withCache(for: ids.count) { try perform(on: ids) }
    report.change = writer.id
    try writer.finish(edit.action(on: report.changed))
    return report
  }

  private mutating func perform(on ids: [Int64]) throws {
    try prepare()
    switch edit {
    case .collect, .uncollect:
      for chunk in ids.chunks(of: Self.batch) { try assign(Array(chunk)) }
    case .arrange: try forEachChunk(of: arranged(ids)) { try $0.apply(to: $1) }
    case .rate, .favorite, .tag, .trash, .restore, .note, .changeNote, .appendNote:
      // In ascending order the index is written once and not for each chunk.
      let ids = ids.sorted()
      try SearchIndex.editingMany(isRehearsal ? 0 : ids.count, in: writer.database) {
        switch edit {
        case .note, .changeNote, .appendNote:
          try forEachChunk(of: ids) { editor, targets in
            try SearchIndex.editing(targets.map(\.id), in: editor.writer.database) {
              try editor.apply(to: targets)
            }
          }
        case .rate where !isRehearsal, .favorite where !isRehearsal, .tag where !isRehearsal:
          try assignMarks(of: ids)
        default:
          for chunk in ids.chunks(of: Self.batch) { try assignIndexed(Array(chunk)) }
        }
      }
    }
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
    case .rate, .note, .changeNote, .appendNote, .favorite, .trash, .restore: break
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
    for chunk in ids.chunks(of: Self.chunk) {
      try body(&self, EditTarget.targets(chunk, in: writer.database))
    }
  }

  /// Assigns to generations, and changes their entries in the index.
  private mutating func assignIndexed(_ ids: [Int64]) throws {
    let database = writer.database
    switch edit {
    case _ where isRehearsal: try assign(ids)
    case .trash: try SearchIndex.removing(ids, in: database) { try assign(ids) }
    default: try SearchIndex.editing(ids, in: database) { try assign(ids) }
    }
  }

  /// Assigns ratings, favorite flags or tags, and changes the entries in the index.
  private mutating func assignMarks(of ids: [Int64]) throws {
    let assignments = edit.assignments(at: writer.time, position: 0)
    let reader = try EditPageReader(assignments, generations: ids.count, in: writer.database)
    try pages.forEach(of: ids, reader, in: writer.database) { page in
      try write(page.changes, assignments)
      var entries = try MarkWriter(page.entries, page.tags, page.words, in: writer.database)
      try entries.write { _, entry in
        for mark in reader.marks { mark.apply(to: &entry) }
      }
    }
  }

  /// Gives the fields of generations their values, with a few statements for all of them.
  private mutating func assign(_ ids: [Int64]) throws {
    let assignments = edit.assignments(at: writer.time, position: position + 1)
    try write(assignments.changes(of: ids, in: writer.database), assignments)
  }

  private mutating func write(_ changes: [FieldChanges], _ assignments: [EditAssignment]) throws {
    if !isRehearsal {
      for (assignment, changes) in zip(assignments, changes) {
        try writer.set(assignment.field, to: assignment.value, changes)
      }
    }
    let changed = changes.count == 1 ? changes[0].ids : Set(changes.lazy.flatMap(\.ids)).sorted()
    position += Int64(changed.count)
    report.changed += changed.count
    report.changedIDs += changed.map { GenerationID($0) }
  }

  private mutating func apply(to targets: [EditTarget]) throws {
    for target in targets where try apply(to: target) {
      report.changed += 1
      report.changedIDs.append(GenerationID(target.id))
    }
  }

  private mutating func apply(to target: EditTarget) throws -> Bool {
    switch edit {
    case .note(let text): return try setNote(of: target) { _ in text }
    case .changeNote(let old, let text):
      return try setNote(of: target) { note in
        guard FieldValue.text(old).isIdentical(to: FieldValue.text(note)) else {
          throw EditError.noteChanged
        }
        return text
      }
    case .appendNote(let text):
      return try setNote(of: target) { note in
        [note, text].compactMap { $0 }.filter { !$0.withoutNUL.isEmpty }.joined(separator: "\n")
      }
    case .arrange(let name):
      position += 1
      return try writer.set(.collection(name), of: target, to: FieldValue.number(position))
    case .tag, .rate, .favorite, .collect, .uncollect, .trash, .restore: return false
    }
  }

  /// Sets a note from the one that is there in the same transaction, so that no other edit comes between.
  private mutating func setNote(
    of target: EditTarget, _ change: (String?) throws -> String?
  ) throws -> Bool {
    let old = try GenerationFields.value(.note, of: target.id, in: writer.database)
    let new = try change(FieldValue.string(old))
    return try writer.set(.note, of: target, to: FieldValue.text(new))
  }
}

extension Edit {
  /// The words of the history.
  func action(on count: Int) -> String {
    let what = "\(count) generation\(count == 1 ? "" : "s")"
    switch self {
    case .tag(let added, let removed):
      let signs = added.map { "+\($0)" } + removed.map { "-\($0)" }
      return "tag \(signs.joined(separator: " ")) on \(what)"
    case .rate(let stars?): return "rate \(what) with \(stars) star\(stars == 1 ? "" : "s")"
    case .rate(nil): return "remove the rating of \(what)"
    case .appendNote: return "note on \(what)"
    case .note(let text), .changeNote(_, let text):
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
