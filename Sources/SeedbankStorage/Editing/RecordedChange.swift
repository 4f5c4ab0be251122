internal import GRDB
import SeedbankModel

/// A field with its values before and after an edit, as a row of `change_item` has them.
struct RecordedChange: Equatable {
  let field: String
  /// As JSON; nil for none.
  let before: String?
  let after: String?

  /// Compares the bytes of the texts, as the table does.
  static func == (left: Self, right: Self) -> Bool {
    left.field.isIdentical(to: right.field)
      && left.before.map { ExactText($0) } == right.before.map { ExactText($0) }
      && left.after.map { ExactText($0) } == right.after.map { ExactText($0) }
  }

  /// Adds the row.
  ///
  /// - Parameter targets: the uids of the generations; nil for a field of the library.
  func insert(
    into change: Int64, at sequence: Int64, targets: [UInt8]?, in database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO change_item(change_id, sequence, targets, field, before, after)
      VALUES (?, ?, ?, ?, ?, ?)
      """, .integer(change), .integer(sequence), ColumnValue(targets), .text(field),
      ColumnValue(before), ColumnValue(after))
  }
}
