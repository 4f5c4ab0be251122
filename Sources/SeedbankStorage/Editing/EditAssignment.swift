internal import GRDB
import SeedbankModel

/// What an edit assigns to one field of its generations.
struct EditAssignment {
  let field: EditField
  let value: FieldAssignment
}

extension [EditAssignment] {
  /// Returns what each of them changes, in their order; no changes for a field that is set row by row.
  func changes(of ids: [Int64], in database: Database) throws -> [FieldChanges] {
    try map { assignment in
      try FieldBatch(assignment.field, in: database)?.changes(of: ids, to: assignment.value)
        ?? FieldChanges()
    }
  }
}

extension Edit {
  /// What it assigns to the fields of all its generations, each field once; empty if it edits them one by one.
  ///
  /// - Parameters:
  ///   - time: of the edit, in milliseconds.
  ///   - position: of the next generation in a collection.
  func assignments(at time: Int64, position: Int64) -> [EditAssignment] {
    switch self {
    case .tag(let added, let removed): Self.assignments(adding: added, removing: removed)
    case .rate(let stars):
      [EditAssignment(field: .rating, value: .same(FieldValue.number(stars.map { Int64($0) })))]
    case .favorite(let flag):
      [EditAssignment(field: .favorite, value: .same(FieldValue.flag(flag)))]
    case .collect(let name):
      [EditAssignment(field: .collection(name), value: .numbered(from: position))]
    case .uncollect(let name): [EditAssignment(field: .collection(name), value: .same(nil))]
    // What lies in the trash already keeps the time when it came there.
    case .trash: [EditAssignment(field: .trashed, value: .ifAbsent(String(time)))]
    case .restore: [EditAssignment(field: .trashed, value: .same(nil))]
    case .note, .changeNote, .appendNote, .arrange: []
    }
  }

  /// A tag that is to be removed and added is added.
  private static func assignments(
    adding added: [TagName], removing removed: [TagName]
  ) -> [EditAssignment] {
    var known: Set<ExactText> = []
    func isNew(_ tag: TagName) -> Bool { known.insert(ExactText(tag.description)).inserted }
    let added = added.filter(isNew)
    return removed.filter(isNew).map { EditAssignment(field: .tag($0), value: .same(nil)) }
      + added.map { EditAssignment(field: .tag($0), value: .same(FieldValue.yes)) }
  }
}
