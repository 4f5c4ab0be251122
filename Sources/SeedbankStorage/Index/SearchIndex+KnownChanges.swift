internal import GRDB
import SeedbankQuery

/// Changes of entries that are known from the edit, so that rows need not be read again after it.
extension SearchIndex {
  /// Runs `edit`, which changes the indexed values of generations as `change` specifies.
  ///
  /// - Parameters:
  ///   - ids: the ids in ascending order without duplicates.
  ///   - change: returns the new values of a generation that has an entry; nil if the entry is
  ///     removed.
  static func editing(
    _ ids: [Int64], in database: Database, _ edit: () throws -> Void,
    change: (Int64, IndexedValues) -> IndexedValues?
  ) throws {
    let before = try IndexSource.values(of: ids, in: database)
    try edit()
    var writer = try IndexEntryWriter(database)
    for id in ids {
      guard let old = before[id] else { continue }
      try writer.change(id, from: old, to: change(id, old))
    }
    try writer.finish()
  }

  /// Runs `edit`, which changes only the ratings and favorite flags of generations.
  ///
  /// Neither is in a text or in a counted facet, so prompts and notes are not read.
  /// - Parameters:
  ///   - ids: the ids in ascending order without duplicates.
  ///   - change: sets the rating and the flag in the values as `edit` sets them in the rows.
  static func editingMarks(
    _ ids: [Int64], in database: Database, _ edit: () throws -> Void,
    change: (Int64, inout IndexedValues) -> Void
  ) throws {
    let entries = try MarkedEntries.read(ids, in: database)
    try edit()
    let delete = try database.cachedStatement(sql: IndexStatement.delete.rawValue)
    let insert = try database.cachedStatement(sql: IndexStatement.insert.rawValue)
    for (id, old) in entries {
      var new = old
      change(id, &new)
      guard new.rating != old.rating || new.isFavorite != old.isFavorite else { continue }
      try IndexStatement.execute(delete, id, IndexedText.facetsOnly(of: old))
      try IndexStatement.execute(insert, id, IndexedText.facetsOnly(of: new))
    }
  }
}

/// Reads the values from which the facets of entries are made.
private enum MarkedEntries {
  /// Returns the generations outside the trash, in ascending order of id.
  ///
  /// The prompts are omitted. A note is replaced by a space.
  static func read(
    _ ids: [Int64], in database: Database
  ) throws -> [(id: Int64, values: IndexedValues)] {
    let list = ColumnValue.text(JSONList.text(ids))
    var names: [Int64: String] = [:]
    var tags = try RawRows(tagSQL, list, in: database)
    var hasTag = try tags.next()
    var rows = try RawRows(sql, list, in: database)
    var entries: [(id: Int64, values: IndexedValues)] = []
    entries.reserveCapacity(ids.count)
    while try rows.next() {
      let id = rows.integer(0)
      var values = IndexSource.values(rows)
      while hasTag, tags.integer(0) <= id {
        if tags.integer(0) == id {
          let tag = tags.integer(1)
          let name = try names[tag] ?? TagTable.name(of: tag, in: database)
          names[tag] = name
          values.tags.append(name)
        }
        hasTag = try tags.next()
      }
      entries.append((id, values))
    }
    return entries
  }

  private static let sql = """
    SELECT g.id, '', CASE WHEN g.note <> '' THEN ' ' END, g.model, g.size, g.width, g.height,
      g.rating, g.favorite, v.settings
    FROM json_each(?) AS chosen CROSS JOIN generation AS g ON g.id = chosen.value
    LEFT JOIN provenance AS v ON v.generation_id = g.id
    WHERE g.trashed_at IS NULL ORDER BY g.id
    """
  private static let tagSQL = """
    SELECT t.generation_id, t.tag_id
    FROM json_each(?) AS chosen CROSS JOIN generation_tag AS t ON t.generation_id = chosen.value
    ORDER BY t.generation_id
    """
}
