internal import GRDB
internal import GRDBSQLite
public import SeedbankModel
import SeedbankQuery

/// Where the index and the rows disagree.
public struct IndexFaults: Hashable, Sendable {
  /// Why the index or a table beside it cannot be read, in SQLite's words; nil if all of it can be.
  public var damage: String?
  /// Generations whose entry is missing, stale, or there though it should not be; at most 1,000.
  public var generations: [GenerationID] = []
  /// How many there are of those.
  public var count = 0
  /// Occurrences of words that belong to no generation.
  public var strays = 0
  /// Whether the counts of tags, models and sizes are wrong.
  public var facetsAreWrong = false
  /// Whether other folding rules wrote the index.
  public var isOutdated = false

  public var isEmpty: Bool {
    damage == nil && count == 0 && strays == 0 && !facetsAreWrong && !isOutdated
  }
}

extension SearchIndex {
  /// Compares every occurrence of every token in the index with what the rows say.
  ///
  /// Each generation's occurrences are summed up as 64-bit hashes of token, column and position, on
  /// both sides; equal sums mean equal entries, but for one chance in 2⁶⁴. Needs a connection that
  /// may make temporary tables.
  ///
  /// Damage of the derived tables is a fault in the result, not an error.
  /// - Throws: `DatabaseError` if the rows cannot be read.
  static func verify(in database: Database) throws -> IndexFaults {
    var faults = IndexFaults()
    let newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM generation") ?? 0
    var sums = EntrySums(upTo: newest)
    var stored: [FacetKind: [String: Int]] = [:]
    do {
      faults.damage = try DerivedTables.wrongDefinition(in: database)
      guard faults.damage == nil else { return faults }
      faults.isOutdated = try !isCurrent(in: database)
      try addIndex(to: &sums, database)
      faults.damage = try layoutDamage(in: database)
      guard faults.damage == nil else { return faults }
      for kind in FacetKind.allCases {
        let values = try FacetTable.values(of: kind, in: database).map { ($0.value, $0.uses) }
        stored[kind] = Dictionary(values, uniquingKeysWith: { first, _ in first })
      }
    } catch let error as DatabaseError {
      faults.damage = error.message ?? "\(error.resultCode)"
      return faults
    }
    let total = try recordedTotal(in: database)
    var visited: Int64 = 0
    var facets: [FacetKind: [String: Int]] = [:]
    try IndexSource.forEach(in: database) { id, values in
      visited += 1
      let text = IndexedText(values)
      for (column, bytes) in text.columns.enumerated() {
        for (position, token) in bytes.split(separator: UInt8(ascii: " ")).enumerated() {
          let hash = token.withUnsafeBytes { EntrySums.hash($0, column, Int64(position)) }
          sums.add(0 &- hash, to: id)
        }
      }
      for facet in values.facets { facets[facet.kind, default: [:]][facet.value, default: 0] += 1 }
    }
    faults.facetsAreWrong = FacetKind.allCases.contains {
      stored[$0] ?? [:] != facets[$0] ?? [:]
    }
    let drifted = sums.nonzero()
    faults.count = drifted.count
    faults.generations = drifted.prefix(1_000).map { GenerationID($0) }
    faults.strays = sums.strays
    if faults.isEmpty, total != visited { faults.damage = "its totals are wrong" }
    return faults
  }

  private static func addIndex(to sums: inout EntrySums, _ database: Database) throws {
    try database.execute(
      sql: """
        CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_instance
        USING fts5vocab(main, search_index, instance)
        """)
    defer { try? database.execute(sql: "DROP TABLE temp.search_instance") }
    let statement = try database.makeStatement(
      sql: "SELECT term, doc, col, offset FROM temp.search_instance")
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    var code = sqlite3_step(handle)
    while code == SQLITE_ROW {
      let term = UnsafeRawBufferPointer(
        start: sqlite3_column_blob(handle, 0), count: Int(sqlite3_column_bytes(handle, 0)))
      let name = sqlite3_column_text(handle, 2)?.pointee ?? 0
      let column = ["p", "n", "t", "f"].firstIndex { $0 == Unicode.Scalar(name) } ?? 4
      let hash = EntrySums.hash(term, column, sqlite3_column_int64(handle, 3))
      sums.add(hash, to: sqlite3_column_int64(handle, 1))
      code = sqlite3_step(handle)
    }
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage,
        sql: statement.sql)
    }
  }
}

/// A sum of hashes for each generation, in pages, since ids may have gaps.
private struct EntrySums {
  private var pages: [Int64: [UInt64]] = [:]
  private static let pageSize: Int64 = 4096
  private let newest: Int64
  /// A damaged index may name any id. Only those that can exist get a page, so memory stays bounded.
  private(set) var strays = 0

  init(upTo newest: Int64) { self.newest = newest }

  mutating func add(_ hash: UInt64, to id: Int64) {
    guard id >= 0, id <= newest else {
      strays += 1
      return
    }
    pages[id >> 12, default: Self.emptyPage()][Int(id & (Self.pageSize - 1))] &+= hash
  }

  private static func emptyPage() -> [UInt64] { Array(repeating: 0, count: Int(pageSize)) }

  func nonzero() -> [Int64] {
    pages.flatMap { page, sums in
      sums.indices.filter { sums[$0] != 0 }.map { page << 12 | Int64($0) }
    }.sorted()
  }

  /// FNV-1a over the token, then the finalizer of SplitMix64 over that, the column and the position.
  static func hash(_ token: UnsafeRawBufferPointer, _ column: Int, _ position: Int64) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in token { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = hash &+ UInt64(column + 1) &* 0x9E37_79B9_7F4A_7C15
    hash = hash ^ UInt64(bitPattern: position) &* 0xD6E8_FEB8_6659_FD93
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 31
  }
}
