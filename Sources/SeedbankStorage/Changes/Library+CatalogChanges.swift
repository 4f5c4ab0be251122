import FoundationEssentials
internal import GRDB
import SeedbankModel
import SeedbankQuery

extension Library {
  /// Returns the changes since `position`, made by any process, and the position after them.
  ///
  /// A change is a generation that was recorded, edited, finished, moved to the trash or deleted, or whose image
  /// files were removed, found missing or downloaded. After a pull, they are `.many`: it does not state which
  /// generations it changed.
  ///
  /// Fields that a restore merges into generations without an entry in the history are not noticed.
  /// - Parameter limit: more changes than this are `.many`.
  /// - Throws: `LibraryError`.
  public func changes(
    since position: CatalogPosition, limit: Int
  ) throws -> (changes: CatalogChanges, position: CatalogPosition) {
    try read { database in
      let now = try CatalogPosition(of: database)
      return (try now.changes(since: position, limit: limit, in: database), now)
    }
  }

  /// The position of the catalog as it is.
  /// - Throws: `LibraryError`.
  public func position() throws -> CatalogPosition {
    try read { try CatalogPosition(of: $0) }
  }
}

extension CatalogPosition {
  fileprivate init(of database: Database) throws {
    self.init()
    newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM generation") ?? 0
    lastChange = try Int64.fetchOne(database, sql: "SELECT max(id) FROM change") ?? 0
    standingChange =
      try Int64.fetchOne(
        database,
        sql: "SELECT id FROM change WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1") ?? 0
    // A push of this library changes none of its generations. Without the higher bits, the sum cannot overflow.
    pulled =
      try Int64.fetchOne(
        database,
        sql: """
          SELECT sum(counter & 0x7fffffff) FROM remote_progress
          WHERE library IS NOT (SELECT lower(hex(id)) FROM library)
          """) ?? 0
    let statuses = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT id, status FROM generation WHERE status <> 'complete'
          UNION ALL
          SELECT id, 'partial ' || (SELECT count(*) FROM image WHERE generation_id = generation.id)
          FROM generation WHERE status = 'complete' AND error_code IS NOT NULL
          """))
    while let row = try statuses.next() { unfinished[row[0]] = row[1] }
    let trash = try Int64.fetchCursor(
      database.cachedStatement(sql: "SELECT id FROM generation WHERE trashed_at IS NOT NULL"))
    while let id = try trash.next() { trashed.insert(id) }
    absent = try AbsentImages(of: database)
  }

  fileprivate func changes(
    since old: CatalogPosition, limit: Int, in database: Database
  ) throws -> CatalogChanges {
    // Ids are never used again, so a smaller one means another catalog.
    guard newest >= old.newest, lastChange >= old.lastChange else { return .many }
    guard pulled == old.pulled else { return .many }
    var ids = Set(
      try Int64.fetchAll(
        database, sql: "SELECT id FROM generation WHERE id > ? LIMIT ?",
        arguments: [old.newest, limit + 1]))
    for (id, status) in unfinished where old.unfinished[id] != status { ids.insert(id) }
    for id in old.unfinished.keys where unfinished[id] == nil { ids.insert(id) }
    ids.formUnion(trashed.symmetricDifference(old.trashed))
    let moved = try absent.generations(
      changedSince: old.absent, newest: old.newest, in: database)
    guard let moved else { return .many }
    ids.formUnion(moved)
    guard ids.count <= limit else { return .many }
    guard let edited = try edited(since: old, limit: limit, in: database) else { return .many }
    ids.formUnion(edited)
    guard ids.count <= limit else { return .many }
    return .generations(try described(ids, since: old, in: database))
  }

  /// The generations of changes that were made, undone or redone; nil if there are too many, or if the
  /// history has forgotten some.
  private func edited(
    since old: CatalogPosition, limit: Int, in database: Database
  ) throws -> [Int64]? {
    guard self.standingChange != old.standingChange || lastChange != old.lastChange else {
      return []
    }
    if old.standingChange > standingChange || lastChange > old.lastChange, old.standingChange > 0 {
      let sql = "SELECT 1 FROM change WHERE id = ?"
      // An edit after an undo removes the undone edits from the history.
      guard try Int.fetchOne(database, sql: sql, arguments: [old.standingChange]) != nil else {
        return nil
      }
    }
    let first = min(old.standingChange, standingChange)
    let last = max(old.standingChange, standingChange)
    var found: Set<Int64> = []
    var finder = try GenerationFinder(database)
    var items = try RawRows(
      """
      SELECT targets FROM change_item
      WHERE change_id > ? AND change_id <= ? AND targets IS NOT NULL
      """, .integer(first), .integer(last), in: database)
    while found.count <= limit, try items.next() {
      try ChangeTargets.forEach(in: items.bytes(0)) { uid in
        if found.count <= limit, let id = try finder.id(of: uid) { found.insert(id) }
      }
    }
    return found.count > limit ? nil : Array(found)
  }

  private func described(
    _ ids: Set<Int64>, since old: CatalogPosition, in database: Database
  ) throws -> [GenerationChange] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT g.id, g.uid FROM json_each(?) AS wanted
        CROSS JOIN generation AS g ON g.id = wanted.value
        """, arguments: [JSONList.text(ids)])
    let uids = Dictionary(
      rows.map { ($0[0] as Int64, UID(bytes: $0[1] as Data)) },
      uniquingKeysWith: { first, _ in first })
    return ids.sorted().map { id in
      let isRemoved = uids[id] == nil || trashed.contains(id)
      let isAdded = id > old.newest || old.trashed.contains(id)
      return GenerationChange(
        id: GenerationID(id), uid: uids[id] ?? nil,
        kind: isRemoved ? .removed : isAdded ? .added : .changed)
    }
  }
}
