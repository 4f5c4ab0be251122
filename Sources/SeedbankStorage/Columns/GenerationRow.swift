internal import GRDB
import SeedbankModel

/// A new row of `generation`.
struct GenerationRow: Sendable {
  /// Nil: SQLite chooses the next one.
  var id: Int64?
  var uid: UID
  var promptID: Int64
  var status: Status
  var createdAt: Timestamp
  var isLate: Bool
  var parent: Int64?
  var attempts = 0
  var requestBody: [UInt8]?
  var replyBody: [UInt8]?
  var pollBody: [UInt8]?
  var owner: LibraryID?
  var ownedAt: Timestamp?
  var content: PackedColumns

  /// The columns in the order in which `insert` binds them.
  private static let columns =
    [
      "id", "uid", "prompt_id", "status", "created_at", "late", "parent_id", "attempts",
      "request_body", "reply_body", "poll_body", "owner", "owned_at",
    ] + PackedColumns.names

  /// Inserts the row, unless one has its uid already.
  static func statement(in database: Database) throws -> BoundStatement {
    try BoundStatement(
      """
      INSERT INTO generation(\(columns.joined(separator: ", ")))
      VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
      ON CONFLICT(uid) DO NOTHING
      """, in: database)
  }

  /// Returns the id of the inserted row, or nil if a row has the uid already.
  func insert(_ statement: inout BoundStatement) throws -> Int64? {
    statement.bind(id)
    statement.bind(blob: uid.bytes)
    statement.bind(promptID)
    statement.bind(status.rawValue)
    statement.bind(createdAt)
    statement.bind(isLate)
    statement.bind(parent)
    statement.bind(attempts)
    statement.bind(blob: requestBody)
    statement.bind(blob: replyBody)
    statement.bind(blob: pollBody)
    statement.bind(blob: owner?.bytes)
    statement.bind(ownedAt)
    return try content.bind(to: &statement) { statement in
      try statement.run() > 0 ? statement.lastInsertedRowID : nil
    }
  }
}

extension GenerationContent {
  /// The columns that are read, in their order.
  ///
  /// - Parameter row: the name of the row, with a period; empty for the only table of a statement.
  static func columns(of row: String) -> String {
    RecordMember.fields.flatMap(\.columns).map { row + $0.name }.joined(separator: ", ")
  }

  /// Reads the values of a row.
  ///
  /// - Parameter first: the number of the first of `columns(of:)` in the row.
  init(_ rows: borrowing RawRows, from first: Int32) {
    self.init()
    var column = first
    for reader in Self.readers {
      reader.load(rows, column, &self)
      column += reader.columns
    }
  }

  /// The part of a field that reading needs, which is smaller to copy than a whole field.
  private struct Reader: Sendable {
    let columns: Int32
    let load: @Sendable (borrowing RawRows, Int32, inout GenerationContent) -> Void
  }

  private static let readers = RecordMember.fields.map {
    Reader(columns: Int32($0.columns.count), load: $0.load)
  }

  /// Writes the values of some fields into the row of a generation.
  func update(
    _ id: Int64, where isWritten: (GenerationField) -> Bool, in database: Database
  ) throws {
    let columns = RecordMember.fields.filter(isWritten).flatMap(\.columns)
    guard !columns.isEmpty else { return }
    let statement = try database.cachedStatement(
      sql: """
        UPDATE generation SET \(columns.map { "\($0.name) = ?" }.joined(separator: ", "))
        WHERE id = ?
        """)
    try statement.execute(
      arguments: StatementArguments(columns.map { $0.value(self) } + [.integer(id)]))
  }
}
