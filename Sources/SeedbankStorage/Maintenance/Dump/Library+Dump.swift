import Dispatch
import FoundationEssentials
internal import GRDB
import SeedbankModel
import Synchronization

extension Library {
  /// Writes all data that cannot be created again as JSON Lines.
  ///
  /// These are a header, the tags, collections and saved searches (also removed ones), all
  /// generations including the trash, and the history. The dump is one state of the catalog, even
  /// if other processes write meanwhile. Memory use is constant.
  ///
  /// - Parameter write: receives some whole lines at a time.
  /// - Throws: `LibraryError`, or what `write` throws.
  public func dump(to write: (_ lines: [UInt8]) throws -> Void) throws {
    try read { database in
      var lines = DumpLines()
      try lines.add(to: write) { DumpLine.header(version: DumpLine.version).write(to: &$0) }
      try dumpLibraryFields(&lines, to: write, database)
      try lines.flush(to: write)
      try dumpGenerations(to: write, database)
      try dumpHistory(&lines, to: write, database)
      try lines.flush(to: write)
    }
  }

  private func dumpLibraryFields(
    _ lines: inout DumpLines, to write: DumpLines.Write, _ database: Database
  ) throws {
    try Self.forEachLibraryField(in: database) { line in
      try lines.add(to: write) { DumpLine.field(line).write(to: &$0) }
    }
  }

  /// Passes on the tags, collections, saved searches and permanent deletions, also removed ones.
  static func forEachLibraryField(
    in database: Database, _ body: (LibraryField) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        WITH present(field) AS (
          SELECT 'tag/' || name FROM tag UNION ALL SELECT 'collection/' || name FROM collection
          UNION ALL SELECT 'search/' || name FROM saved_search)
        SELECT field, at FROM (SELECT field FROM present UNION SELECT field FROM library_edit)
        LEFT JOIN library_edit USING (field) ORDER BY field
        """)
    while let row = try rows.next() {
      guard let field = EditField(row[0] as String) else { continue }
      try body(
        LibraryField(
          field: field, value: try LibraryFields.value(field, in: database),
          editedAt: (row[1] as Int64?).map(Timestamp.init(milliseconds:))))
    }
  }

  private func dumpGenerations(to write: DumpLines.Write, _ database: Database) throws {
    let encoder = RecordEncoder()
    var last: Int64 = 0
    while true {
      let ids = try Int64.fetchAll(
        database.cachedStatement(
          sql: "SELECT id FROM generation WHERE id > ? ORDER BY id LIMIT 500"),
        arguments: [last])
      guard let end = ids.last else { break }
      last = end
      let page = ids.map { GenerationID($0) }
      let records = try ArchiveLoader.load(page, folder: folder, in: database)
      let lines = encoder.finish()
      encoder.start(records)
      if !lines.isEmpty { try write(lines) }
    }
    let lines = encoder.finish()
    if !lines.isEmpty { try write(lines) }
  }

  private func dumpHistory(
    _ lines: inout DumpLines, to write: DumpLines.Write, _ database: Database
  ) throws {
    let changes = try Row.fetchCursor(database, sql: "SELECT * FROM change ORDER BY id")
    while let row = try changes.next() {
      let change = DumpedChange(
        number: row["id"], at: Timestamp(milliseconds: row["at"]), actor: row["actor"],
        action: row["action"],
        undoneAt: (row["undone_at"] as Int64?).map(Timestamp.init(milliseconds:)))
      try lines.add(to: write) { DumpLine.change(change).write(to: &$0) }
      let items = try Row.fetchCursor(
        database,
        sql: """
          SELECT target, field, before, after FROM change_item WHERE change_id = ?
          ORDER BY sequence
          """, arguments: [change.number])
      while let item = try items.next() {
        let line = DumpedItem(
          change: change.number, target: (item[0] as Data?).flatMap { UID(bytes: $0) },
          field: item[1], before: item[2], after: item[3])
        try lines.add(to: write) { DumpLine.item(line).write(to: &$0) }
      }
    }
  }
}

/// Collects lines until there are enough of them to be written.
private struct DumpLines {
  typealias Write = (_ lines: [UInt8]) throws -> Void

  private var writer = JSONWriter()
  private static let enough = 1 << 18

  mutating func add(to write: Write, _ body: (inout JSONWriter) -> Void) throws {
    body(&writer)
    writer.newline()
    if writer.bytes.count >= Self.enough { try flush(to: write) }
  }

  mutating func flush(to write: Write) throws {
    if !writer.bytes.isEmpty { try write(writer.bytes) }
    writer.removeAll()
  }
}

/// Makes the lines of records on another thread, while the caller reads the next records: either takes
/// about half of the time of a dump.
private final class RecordEncoder: Sendable {
  private let queue = DispatchQueue(label: "seedbank.dump")
  private let lines = Mutex<[UInt8]>([])

  /// Starts to prepare records.
  ///
  /// Their lines must be read before the next call.
  func start(_ records: [GenerationRecord]) {
    queue.async { [self] in
      var writer = JSONWriter()
      for record in records {
        record.write(to: &writer)
        writer.newline()
      }
      lines.withLock { $0 = writer.bytes }
    }
  }

  /// Waits for the lines of the records that were started last.
  func finish() -> [UInt8] {
    queue.sync {}
    return lines.withLock { lines in
      defer { lines = [] }
      return lines
    }
  }
}
