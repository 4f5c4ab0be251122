import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Some lines of a dump.
struct DumpChunk: Sendable {
  let lines: [UInt8]
  /// Whether the next lines come from the next reader.
  let isWholePage: Bool
}

/// Makes the lines of a dump, together with other readers of the same state of the catalog.
///
/// The generations are divided into pages, which the readers take in turn. The first reader begins with
/// the lines before the generations. The reader whose turn it is after the last page ends with the
/// history.
struct DumpReader: Sendable {
  /// From 0.
  let number: Int
  /// The number of readers.
  let count: Int
  let folder: LibraryFolder

  typealias Give = (DumpChunk) -> Bool

  /// The number of generations of a page.
  static let page = 500
  private static let enough = 1 << 18

  /// Calls `give` with the lines until it returns false.
  func run(in database: Database, _ give: Give) throws {
    var writer = JSONWriter()
    if number == 0 { try writeHead(to: &writer, database) }
    var generations = DumpedGenerations(folder: folder)
    var last: Int64 = 0
    while true {
      // The pages of the other readers are skipped.
      let ids = try Self.ids(after: last, count * Self.page, in: database)
      last = ids.last ?? last
      let own = ids.dropFirst(number * Self.page).prefix(Self.page)
      if let start = own.first, let end = own.last {
        try generations.write(start...end, to: &writer, in: database)
        guard give(DumpChunk(lines: writer.bytes, isWholePage: true)) else { return }
        writer.removeAll()
      }
      guard ids.count < count * Self.page else { continue }
      let pages = (ids.count + Self.page - 1) / Self.page
      if number == pages % count { try writeHistory(to: &writer, database, give) }
      return
    }
  }

  private static func ids(
    after last: Int64, _ limit: Int, in database: Database
  ) throws -> [Int64] {
    var rows = try RawRows(
      "SELECT id FROM generation WHERE id > ? ORDER BY id LIMIT ?", .integer(last),
      .integer(Int64(limit)), in: database)
    var ids: [Int64] = []
    ids.reserveCapacity(limit)
    while try rows.next() { ids.append(rows.integer(0)) }
    return ids
  }

  private func writeHead(to writer: inout JSONWriter, _ database: Database) throws {
    DumpLine.header(version: DumpLine.version).write(to: &writer)
    writer.newline()
    try Library.forEachLibraryField(in: database) { field in
      DumpLine.field(field).write(to: &writer)
      writer.newline()
    }
  }

  private func writeHistory(
    to writer: inout JSONWriter, _ database: Database, _ give: Give
  ) throws {
    func add(_ line: DumpLine) -> Bool {
      line.write(to: &writer)
      writer.newline()
      guard writer.bytes.count >= Self.enough else { return true }
      defer { writer.removeAll() }
      return give(DumpChunk(lines: writer.bytes, isWholePage: false))
    }
    let changes = try Row.fetchCursor(database, sql: "SELECT * FROM change ORDER BY id")
    while let row = try changes.next() {
      let change = DumpedChange(
        number: row["id"], at: Timestamp(milliseconds: row["at"]), actor: row["actor"],
        action: row["action"],
        undoneAt: (row["undone_at"] as Int64?).map(Timestamp.init(milliseconds:)))
      guard add(.change(change)) else { return }
      var items = try RawRows(
        """
        SELECT targets, field, before, after FROM change_item WHERE change_id = ?
        ORDER BY sequence
        """, .integer(change.number), in: database)
      while try items.next() {
        let (field, before, after) = (items.text(1), items.optionalText(2), items.optionalText(3))
        func item(of target: UID?) -> DumpLine {
          .item(
            DumpedItem(
              change: change.number, target: target, field: field, before: before, after: after))
        }
        var isWanted = true
        if items.isNull(0) { isWanted = add(item(of: nil)) }
        ChangeTargets.forEach(in: items.bytes(0)) { uid in
          if isWanted { isWanted = add(item(of: UID(bytes: uid))) }
        }
        guard isWanted else { return }
      }
    }
    if !writer.bytes.isEmpty { _ = give(DumpChunk(lines: writer.bytes, isWholePage: false)) }
  }
}
