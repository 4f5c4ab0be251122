internal import GRDB
import SeedbankModel

/// Checks the pages of the catalog with SQLite, and finds what the damage affects.
enum PageCheck {
  /// - Throws: `DatabaseError` if SQLite cannot read because of an error of the system. This does not mean that the
  ///   catalog is damaged.
  static func faults(in database: Database) throws -> [Fault] {
    // SQLite's full check takes several times as long. It names what is damaged.
    if try messages("quick_check", of: nil, in: database).isEmpty,
      (try? RowIndexCheck.areIntact(in: database)) == true
    {
      return []
    }
    let whole = try messages(of: nil, in: database)
    guard !whole.isEmpty else { return [] }
    // A check of the whole catalog names pages only. A check of each table shows which data is lost
    // and which can be created again.
    var faults: [Fault] = []
    do {
      let tables = try String.fetchAll(
        database,
        sql: """
          SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0
            AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid
          """)
      for table in tables { faults += try self.faults(of: table, in: database) }
    } catch let error where !isSystemFailure(error) {
      return [.catalogDamaged("its schema cannot be read: \(Self.message(error))")]
    }
    let unused = whole.filter { $0.hasPrefix("Page ") && $0.hasSuffix(" is never used") }
    if !unused.isEmpty { faults.append(.unusedPages(count: unused.count)) }
    return faults.isEmpty ? [.catalogDamaged(whole[0])] : faults
  }

  private static func faults(of table: String, in database: Database) throws -> [Fault] {
    let messages = try messages(of: table, in: database)
    guard let first = messages.first else { return [] }
    if DerivedTables.contains(table) { return [.indexDamaged("table \(table): \(first)")] }
    let lost = messages.filter { !concernsOnlyAnIndex($0) }
    // A wrong entry of an index follows from the missing row, and is not a second fault.
    guard lost.isEmpty else {
      return lost.prefix(10).map { .catalogDamaged("table \(table): \($0)") }
    }
    return [.rowIndexDamaged(table: table, detail: first)]
  }

  /// Whether the message of `integrity_check` is about entries of an index that do not match its
  /// intact table.
  private static func concernsOnlyAnIndex(_ message: String) -> Bool {
    message.hasPrefix("wrong # of entries in index ")
      || message.hasPrefix("row ") && message.contains(" missing from index ")
      || message.hasPrefix("rowid not at end-of-record for row ")
  }

  /// Returns the messages, none for an intact table; an error that stops the check is one of them.
  private static func messages(
    _ check: String = "integrity_check", of table: String?, in database: Database
  ) throws -> [String] {
    let argument = table.map { "\"\($0.replacingEach("\"", with: "\"\""))\"" } ?? "100"
    do {
      let rows = try String.fetchAll(database, sql: "PRAGMA \(check)(\(argument))")
      return rows.flatMap { $0.split(separator: "\n").map(String.init) }
        .filter { $0 != "ok" && !$0.hasPrefix("*** in database") }
    } catch let error where !isSystemFailure(error) {
      return [message(error)]
    }
  }

  private static func isSystemFailure(_ error: any Error) -> Bool {
    (error as? DatabaseError)?.isSystemFailure ?? false
  }

  private static func message(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "\(error)"
  }
}
