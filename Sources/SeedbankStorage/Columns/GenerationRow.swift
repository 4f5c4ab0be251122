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
  var content: GenerationContent

  /// A column and its value in a row.
  private struct Column: Sendable {
    let name: String
    let value: @Sendable (GenerationRow) -> ColumnValue
  }

  private static let columns: [Column] =
    [
      Column(name: "id") { ColumnValue($0.id) },
      Column(name: "uid") { .blob($0.uid.bytes) },
      Column(name: "prompt_id") { .integer($0.promptID) },
      Column(name: "status") { .text($0.status.rawValue) },
      Column(name: "created_at") { ColumnValue($0.createdAt) },
      Column(name: "late") { .integer($0.isLate ? 1 : 0) },
      Column(name: "parent_id") { ColumnValue($0.parent) },
      Column(name: "attempts") { ColumnValue($0.attempts) },
      Column(name: "request_body") { ColumnValue($0.requestBody) },
      Column(name: "reply_body") { ColumnValue($0.replyBody) },
      Column(name: "poll_body") { ColumnValue($0.pollBody) },
      Column(name: "owner") { ColumnValue($0.owner?.bytes) },
      Column(name: "owned_at") { ColumnValue($0.ownedAt) },
    ]
    + RecordMember.fields.flatMap(\.columns).map { column in
      Column(name: column.name) { column.value($0.content) }
    }

  /// Inserts the row, unless one has its uid already.
  static func statement(in database: Database) throws -> BoundStatement {
    try BoundStatement(
      """
      INSERT INTO generation(\(columns.map(\.name).joined(separator: ", ")))
      VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
      ON CONFLICT(uid) DO NOTHING
      """, in: database)
  }

  /// Returns the id of the inserted row, or nil if a row has the uid already.
  func insert(_ statement: inout BoundStatement) throws -> Int64? {
    for column in Self.columns { statement.bind(column.value(self)) }
    return try statement.run() > 0 ? statement.lastInsertedRowID : nil
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
