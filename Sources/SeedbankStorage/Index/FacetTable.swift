internal import GRDB
import SeedbankModel
import SeedbankQuery

/// A tag, model or size.
struct Facet: Hashable {
  let kind: FacetKind
  let value: String

  /// Compares the bytes of the texts, as the table does.
  static func == (left: Self, right: Self) -> Bool {
    left.kind == right.kind && left.value.isIdentical(to: right.value)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    var value = value
    value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

/// The number of generations outside the trash for each tag, model and size.
enum FacetTable {
  /// A row of the table.
  struct Entry {
    let number: Int64
    let value: String
    let uses: Int
  }

  /// Returns the values of a kind that are in use, the most used first.
  static func entries(of kind: FacetKind, in database: Database) throws -> [Entry] {
    // Another program may have replaced the table with one whose columns have other types.
    let statement = try database.cachedStatement(
      sql: """
        SELECT CAST(id AS INTEGER), CAST(value AS TEXT), CAST(uses AS INTEGER) FROM facet
        WHERE kind = ? AND uses > 0 AND value IS NOT NULL AND id IS NOT NULL ORDER BY uses DESC, value
        """)
    return try Row.fetchAll(statement, arguments: [kind.rawValue]).map {
      Entry(number: $0[0], value: $0[1], uses: $0[2])
    }
  }

  /// Returns the values of a kind that are in use, the most used first.
  static func values(
    of kind: FacetKind, in database: Database
  ) throws -> [(value: String, uses: Int)] {
    try entries(of: kind, in: database).map { ($0.value, $0.uses) }
  }

  /// Returns the number of a facet; a new facet gets a number.
  fileprivate static func number(of facet: Facet, in database: Database) throws -> Int64 {
    let (kind, value) = (ColumnValue.text(facet.kind.rawValue), ColumnValue.text(facet.value))
    let known = "SELECT id FROM facet WHERE kind = ? AND value = ?"
    if let number = try database.integer(known, kind, value) { return number }
    try database.run("INSERT INTO facet(kind, value, uses) VALUES (?, ?, 0)", kind, value)
    return database.lastInsertedRowID
  }
}

/// Writes the facets of many generations in batches.
///
/// The tables are incomplete until `finish` is called, so call it in the same transaction.
struct FacetWriter {
  private let database: Database
  private var numbers: [Facet: Int64] = [:]
  /// The changes of the use counts, by facet number.
  private var uses: [Int64: Int] = [:]
  /// The facets of generations whose blocks are not written yet, in ascending order of ids.
  private var waiting: [FacetBlocks.Entry] = []

  init(_ database: Database) { self.database = database }

  /// Changes the facets of a generation.
  mutating func change(
    _ id: Int64, from before: [(kind: FacetKind, value: String)],
    to after: [(kind: FacetKind, value: String)]
  ) throws {
    try change(id, from: numbers(of: before), to: numbers(of: after))
  }

  /// Changes the facets of a generation, which are given by their numbers.
  mutating func change(_ id: Int64, from old: [Int64], to new: [Int64]) throws {
    guard old != new else { return }
    count(old, new)
    try set(id, to: new)
  }

  /// Counts a change of the facets of several generations, of which `set` writes the facets.
  mutating func count(_ old: [Int64], _ new: [Int64], generations: Int = 1) {
    for number in old { uses[number, default: 0] -= generations }
    for number in new { uses[number, default: 0] += generations }
  }

  /// Gives a generation its facets, without counting the change.
  mutating func set(_ id: Int64, to numbers: [Int64]) throws {
    // Blocks are written once for ids that ascend.
    if let last = waiting.last, last.id >= id { try writeBlocks() }
    waiting.append(FacetBlocks.Entry(id: id, facets: numbers))
    if waiting.count >= Self.most { try writeBlocks() }
  }

  private static let most = 4_096

  private mutating func numbers(
    of facets: [(kind: FacetKind, value: String)]
  ) throws -> [Int64] {
    try facets.map { try number(of: Facet(kind: $0.kind, value: $0.value)) }
  }

  /// Returns the number of a facet; a new facet gets a number.
  mutating func number(of facet: Facet) throws -> Int64 {
    if let known = numbers[facet] { return known }
    let number = try FacetTable.number(of: facet, in: database)
    numbers[facet] = number
    return number
  }

  /// Writes the blocks, so that this writer does not overwrite later changes of another writer.
  mutating func writeBlocks() throws {
    guard !waiting.isEmpty else { return }
    try FacetBlocks.write(waiting, in: database)
    waiting.removeAll(keepingCapacity: true)
  }

  /// Writes all pending changes.
  mutating func finish() throws {
    try writeBlocks()
    for (number, change) in uses where change != 0 {
      try database.run(
        "UPDATE facet SET uses = uses + ? WHERE id = ?", .integer(Int64(change)), .integer(number))
    }
    uses = [:]
  }
}
