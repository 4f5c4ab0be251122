internal import GRDB

/// The time of the last edit of each field.
///
/// A removal has a time too, so that a merge knows of it.
enum EditStamps {
  /// A clock that went backwards must not make today's edit older than yesterday's, hence `max`.
  static func stamp(
    _ field: EditField, of id: Int64, at time: Int64, in database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO field_edit(generation_id, field, at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET at = max(excluded.at, at + 1)
      """, .integer(id), .text(field.description), .integer(time))
    // The person decides with knowledge of the permanent deletion in another library.
    if field == .trashed { try Erasures.revive(id, in: database) }
  }

  /// Stamps a field of many generations.
  static func stamp(
    _ field: EditField, of ids: [Int64], at time: Int64, in database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO field_edit(generation_id, field, at)
      SELECT value, ?, ? FROM json_each(?) WHERE true
      ON CONFLICT DO UPDATE SET at = max(excluded.at, at + 1)
      """, .text(field.description), .integer(time), FieldBatch.list(ids))
    guard field == .trashed, try Erasures.exist(in: database) else { return }
    for id in ids { try Erasures.revive(id, in: database) }
  }

  static func stamp(_ field: EditField, at time: Int64, in database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO library_edit(field, at) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET at = max(excluded.at, at + 1)
        """)
    try statement.execute(arguments: [field.description, time])
  }
}
