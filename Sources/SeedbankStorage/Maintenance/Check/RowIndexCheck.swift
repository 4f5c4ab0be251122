internal import GRDB
import SeedbankModel

/// Compares the indexes of all tables with their rows.
///
/// `PRAGMA integrity_check` looks up each row in each index, which takes most of its time. Here the rows
/// and each index are read once, in their order. The 64-bit hashes of the entries that the rows must have
/// are summed, and compared with the sum of the entries that the index has. The entries of an index must
/// also be in order. `PRAGMA quick_check` checks everything else.
enum RowIndexCheck {
  /// Returns whether each index has exactly the entries of its table, in order.
  ///
  /// It also returns false for an index that it cannot compare. Then `PRAGMA integrity_check` decides.
  static func areIntact(in database: Database) throws -> Bool {
    let tables = try Row.fetchAll(
      database,
      sql: """
        SELECT s.name, l.wr FROM sqlite_schema AS s
        JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name
        WHERE s.type = 'table' AND s.rootpage > 0 ORDER BY s.rowid
        """)
    for row in tables {
      let table = row[0] as String
      guard let indexes = try TableIndex.all(of: table, hasRowID: row[1] == 0, in: database) else {
        return false
      }
      if indexes.isEmpty { continue }
      let expected = try totals(of: indexes, table, in: database)
      for (index, total) in zip(indexes, expected) {
        guard try entries(of: index, table, in: database) == total else { return false }
      }
    }
    return true
  }

  /// The number of entries and the sum of their hashes.
  private struct Total: Equatable {
    var count = 0
    var sum: UInt64 = 0

    mutating func add(_ hash: UInt64) {
      count += 1
      sum &+= hash
    }
  }

  /// Returns what the indexes of a table must have.
  private static func totals(
    of indexes: [TableIndex], _ table: String, in database: Database
  ) throws -> [Total] {
    var names: [String] = []
    func place(_ expression: String) -> Int32 {
      if let known = names.firstIndex(of: expression) { return Int32(known) }
      names.append(expression)
      return Int32(names.count - 1)
    }
    let places = indexes.map { $0.columns.map { place(TableIndex.quoted($0)) } }
    let conditions = indexes.map { $0.condition.map { place("(\($0))") } }
    var rows = try RawRows(
      once: "SELECT \(names.joined(separator: ", ")) FROM \(TableIndex.quoted(table)) NOT INDEXED",
      in: database)
    var totals = [Total](repeating: Total(), count: indexes.count)
    while try rows.next() {
      for number in indexes.indices {
        if let condition = conditions[number], rows.integer(condition) == 0 { continue }
        var hash = EntryHash()
        for place in places[number] { hash.add(rows, place) }
        totals[number].add(hash.value)
      }
    }
    return totals
  }

  /// Returns what an index has; nil if its entries are not in order.
  private static func entries(
    of index: TableIndex, _ table: String, in database: Database
  ) throws -> Total? {
    let columns = index.columns.map(TableIndex.quoted).joined(separator: ", ")
    var rows = try RawRows(
      once: """
        SELECT \(columns) FROM \(TableIndex.quoted(table))
        INDEXED BY \(TableIndex.quoted(index.name)) \(index.condition.map { "WHERE \($0)" } ?? "")
        """, in: database)
    var total = Total()
    var previous = [PreviousValue](repeating: PreviousValue(), count: index.columns.count)
    while try rows.next() {
      var hash = EntryHash()
      var isAscending = total.count == 0
      var hasNull = false
      for column in index.columns.indices {
        let place = Int32(column)
        hash.add(rows, place)
        if rows.isNull(place), column < index.keys { hasNull = true }
        if !isAscending {
          switch previous[column].compared(to: rows, place) {
          case .less:
            // A unique index has no other entry with the same key, unless the key has a NULL.
            guard !index.isUnique || column < index.keys || hasNull else { return nil }
            isAscending = true
          case .equal: break
          case .greater: return nil
          }
        }
        previous[column].set(rows, place)
      }
      guard isAscending else { return nil }
      total.add(hash.value)
    }
    return total
  }
}

/// An index of a table, with what is needed to read its entries.
private struct TableIndex {
  let name: String
  /// All columns of an entry: those of the key, and then those that identify the row.
  let columns: [String]
  /// The number of columns of the key.
  let keys: Int
  let isUnique: Bool
  /// The condition for rows that have an entry; nil for all.
  let condition: String?

  /// Returns the indexes of a table; nil if one of them has a form that no index of a library has.
  static func all(
    of table: String, hasRowID: Bool, in database: Database
  ) throws -> [TableIndex]? {
    let list = try Row.fetchAll(
      database, sql: #"SELECT name, "unique", origin, partial FROM pragma_index_list(?)"#,
      arguments: [table])
    var found: [TableIndex] = []
    for row in list {
      // This index is the table itself.
      if !hasRowID, row[2] == "pk" { continue }
      let name = row[0] as String
      let columns = try Row.fetchAll(
        database, sql: #"SELECT cid, name, "desc", coll, key FROM pragma_index_xinfo(?)"#,
        arguments: [name])
      guard columns.allSatisfy({ $0[0] >= -1 && $0[2] == 0 && $0[3] == "BINARY" }) else {
        return nil
      }
      var condition: String?
      if row[3] != 0 {
        let sql = try String.fetchOne(
          database, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [name])
        guard let sql, let start = sql.firstRange(of: "WHERE") else { return nil }
        condition = String(sql[start.upperBound...])
      }
      found.append(
        TableIndex(
          name: name, columns: columns.map { $0[0] == -1 ? "rowid" : $0[1] },
          keys: columns.count { $0[4] != 0 }, isUnique: row[1] != 0, condition: condition))
    }
    return found
  }

  static func quoted(_ name: String) -> String {
    "\"\(name.replacingEach("\"", with: "\"\""))\""
  }
}

/// A hash of the values of an entry.
private struct EntryHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ rows: borrowing RawRows, _ column: Int32) {
    switch rows.kind(column) {
    case .null: mix(0)
    case .integer:
      mix(1)
      mix(UInt64(bitPattern: rows.integer(column)))
    case .real:
      mix(2)
      mix(rows.real(column).bitPattern)
    case .text:
      mix(3)
      mix(rows.bytes(column))
    case .blob:
      mix(4)
      mix(rows.bytes(column))
    }
  }

  private mutating func mix(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    var offset = 0
    while offset + 8 <= bytes.count {
      mix(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < bytes.count {
      rest = rest << 8 | UInt64(bytes[offset])
      offset += 1
    }
    mix(rest)
  }

  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0xBF58_476D_1CE4_E5B9
    value ^= value >> 29
  }
}

/// A value of the entry before.
private struct PreviousValue {
  private var kind = RawRows.Kind.null
  private var integer: Int64 = 0
  private var real = 0.0
  private var bytes: [UInt8] = []

  enum Order { case less, equal, greater }

  mutating func set(_ rows: borrowing RawRows, _ column: Int32) {
    kind = rows.kind(column)
    switch kind {
    case .null: break
    case .integer: integer = rows.integer(column)
    case .real: real = rows.real(column)
    case .text, .blob:
      bytes.removeAll(keepingCapacity: true)
      bytes.append(contentsOf: rows.bytes(column))
    }
  }

  /// Compares the value with one of the next entry, in the order of SQLite.
  func compared(to rows: borrowing RawRows, _ column: Int32) -> Order {
    let next = rows.kind(column)
    guard kind == next else { return Self.order(kind.rawValue, next.rawValue) }
    switch kind {
    case .null: return .equal
    case .integer: return Self.order(integer, rows.integer(column))
    case .real: return Self.order(real, rows.real(column))
    case .text, .blob:
      let other = rows.bytes(column)
      return bytes.withUnsafeBytes { bytes in
        let count = min(bytes.count, other.count)
        for place in 0..<count where bytes[place] != other[place] {
          return Self.order(bytes[place], other[place])
        }
        return Self.order(bytes.count, other.count)
      }
    }
  }

  private static func order<Value: Comparable>(_ first: Value, _ second: Value) -> Order {
    first < second ? .less : first == second ? .equal : .greater
  }
}
