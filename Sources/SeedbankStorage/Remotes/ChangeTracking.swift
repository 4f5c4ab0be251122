internal import GRDB

/// Counts changes of records while the library has a remote, so that a push reads only what changed.
///
/// A library without remotes has no triggers, so they cost it nothing.
enum ChangeTracking {
  private static let generationTables: [(table: String, columns: String, id: String)] = [
    ("generation", "", "id"),
    ("image", "position, sha256, format, width, height, bytes, phash", "generation_id"),
    ("reference_image", "position, sha256", "generation_id"), ("event", "", "generation_id"),
    ("provenance", "", "generation_id"),
    ("field_edit", "", "generation_id"), ("generation_tag", "", "generation_id"),
    ("collection_item", "", "generation_id"),
  ]
  private static let fieldTables: [(table: String, field: String)] = [
    ("tag", "'tag/' || NEW.name"), ("collection", "'collection/' || NEW.name"),
    ("saved_search", "'search/' || NEW.name"), ("library_edit", "NEW.field"),
  ]

  static func isOn(_ database: Database) throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM change_clock)") ?? false
  }

  /// Starts counting.
  ///
  /// All that is in the library counts as changed before everything else.
  static func start(_ database: Database) throws {
    if try !isOn(database) {
      try database.execute(sql: "INSERT INTO change_clock(version, is_merging) VALUES (1, 0)")
      for trigger in triggers { try database.execute(sql: trigger.sql) }
    }
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO changed_generation(id, version) SELECT id, 0 FROM generation;
        INSERT OR IGNORE INTO changed_field(field, version)
        SELECT field, 0 FROM (
          SELECT 'tag/' || name AS field FROM tag
          UNION SELECT 'collection/' || name FROM collection
          UNION SELECT 'search/' || name FROM saved_search
          UNION SELECT field FROM library_edit);
        """)
  }

  static func stop(_ database: Database) throws {
    for trigger in triggers {
      try database.execute(sql: "DROP TRIGGER IF EXISTS \(trigger.name)")
    }
    try database.execute(
      sql: """
        DELETE FROM change_clock; DELETE FROM changed_generation; DELETE FROM changed_field
        """)
  }

  /// Runs `body`, whose changes are from a remote.
  ///
  /// They are counted only if another remote exists, which does not have them yet.
  static func merging<Value>(_ database: Database, _ body: () throws -> Value) throws -> Value {
    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM remote") ?? 0
    guard count == 1 else { return try body() }
    try database.execute(sql: "UPDATE change_clock SET is_merging = 1")
    let value = try Library.isEmpty(database) ? withoutTriggers(database, body) : body()
    try database.execute(sql: "UPDATE change_clock SET is_merging = 0")
    return value
  }

  /// Runs `body`, which fills an empty library: triggers that decide for each row to count nothing would
  /// take a good part of the time.
  private static func withoutTriggers<Value>(
    _ database: Database, _ body: () throws -> Value
  ) throws -> Value {
    for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger.name)") }
    let value = try body()
    for trigger in triggers { try database.execute(sql: trigger.sql) }
    // These are counted even while merging.
    try database.execute(sql: "UPDATE field_edit SET at = at WHERE field = 'revived'")
    return value
  }

  private static let triggers: [(name: String, sql: String)] =
    generationTables.flatMap { table, columns, id in
      [("insert", "INSERT", "NEW"), ("delete", "DELETE", "OLD")].map { name, event, row in
        generationTrigger("\(table)_\(name)", "\(event) ON \(table)", "\(row).\(id)")
      } + [
        generationTrigger(
          "\(table)_update", "UPDATE \(columns.isEmpty ? "" : "OF \(columns) ")ON \(table)",
          "NEW.\(id)")
      ]
    }
    + fieldTables.flatMap { table, field in
      [("insert", "INSERT"), ("update", "UPDATE")].map { name, event in
        trigger(
          "\(table)_\(name)", "\(event) ON \(table)",
          """
          DELETE FROM changed_field WHERE field = \(field);
          INSERT INTO changed_field(field, version) SELECT \(field), version FROM change_clock;
          """, unlessMergingOr: "0")
      }
    }

  private static func generationTrigger(
    _ name: String, _ event: String, _ id: String
  ) -> (name: String, sql: String) {
    trigger(
      name, event,
      """
      DELETE FROM changed_generation WHERE id = \(id);
      INSERT INTO changed_generation(id, version) SELECT \(id), version FROM change_clock;
      """,
      // Libraries that had erased the generation skipped its edits, so they get it whole.
      unlessMergingOr: """
        EXISTS (SELECT 1 FROM field_edit WHERE generation_id = \(id) AND field = 'revived')
        """)
  }

  private static func trigger(
    _ name: String, _ event: String, _ body: String, unlessMergingOr exception: String
  ) -> (name: String, sql: String) {
    let name = "changed_\(name)"
    return (
      name,
      """
      CREATE TRIGGER \(name) AFTER \(event)
      WHEN (SELECT is_merging FROM change_clock) = 0 OR \(exception)
      BEGIN
        UPDATE change_clock SET version = version + 1;
        \(body)
      END
      """
    )
  }
}
