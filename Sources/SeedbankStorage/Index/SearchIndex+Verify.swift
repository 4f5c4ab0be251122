internal import GRDB
public import SeedbankModel
import SeedbankQuery

/// The differences between the index and the rows.
public struct IndexFaults: Hashable, Sendable {
  /// The reason why the index or a related table cannot be read, as reported by SQLite; nil if all
  /// can be read.
  public var damage: String?
  /// At most 1,000 generations whose entry is missing, stale or should not exist.
  public var generations: [GenerationID] = []
  /// The number of all such generations.
  public var count = 0
  /// The number of occurrences of words that belong to no generation.
  public var unmatched = 0
  /// Whether the counts of tags, models and sizes are wrong.
  public var facetsAreWrong = false
  /// Whether the index was written with other folding rules.
  public var isOutdated = false

  /// Whether no difference was found.
  public var isEmpty: Bool {
    damage == nil && count == 0 && unmatched == 0 && !facetsAreWrong && !isOutdated
  }
}

extension SearchIndex {
  /// Compares every occurrence of every token in the index with the rows.
  ///
  /// For each generation, the 64-bit hashes of token, column and position of all occurrences are
  /// summed. A token whose position does not matter is counted once. The sums of the index and of the
  /// rows are compared. Different entries have equal sums with a probability of 1 in 2⁶⁴.
  ///
  /// The connection must be able to create temporary tables.
  ///
  /// Damage of the derived tables is a fault in the result, not an error.
  /// - Throws: `DatabaseError` if the rows cannot be read, or if the system does not let SQLite read or write.
  static func verify(in database: Database) throws -> IndexFaults {
    var faults = IndexFaults()
    let newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM generation") ?? 0
    var sums = EntrySums(upTo: newest)
    var stored: [Facet: Int] = [:]
    do {
      faults.damage = try DerivedTables.wrongDefinition(in: database)
      guard faults.damage == nil else { return faults }
      faults.isOutdated = try !isCurrent(in: database)
      try addIndex(to: &sums, database)
      faults.damage = try layoutDamage(in: database)
      guard faults.damage == nil else { return faults }
      stored = try addFacets(to: &sums, database)
    } catch let error as DatabaseError where !error.isSystemFailure {
      faults.damage = error.message ?? "\(error.resultCode)"
      return faults
    }
    let total = try recordedTotal(in: database)
    let expected = try subtractRows(from: &sums, database)
    faults.facetsAreWrong = stored != expected.facets
    let drifted = sums.nonzero()
    faults.count = drifted.count
    faults.generations = drifted.prefix(1_000).map { GenerationID($0) }
    faults.unmatched = sums.unmatched
    if faults.isEmpty, total != expected.generations { faults.damage = "its totals are wrong" }
    return faults
  }

  /// Adds the hashes of all occurrences in the index.
  static func addIndex(to sums: inout EntrySums, _ database: Database) throws {
    try withInstances(in: database) {
      do {
        // SQLite must be able to read the index too. It also writes what it still has in memory.
        _ = try Row.fetchOne(database, sql: "SELECT term FROM temp.search_instance")
        try addPages(to: &sums, database)
      } catch is IndexFormatError {
        // SQLite names the damage, or knows the format.
        sums.removeAll()
        try addInstances(to: &sums, database)
      }
    }
  }

  /// Runs `body` while SQLite's own view of the index exists.
  static func withInstances<Value>(
    in database: Database, _ body: () throws -> Value
  ) throws -> Value {
    try database.execute(
      sql: """
        CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_instance
        USING fts5vocab(main, search_index, instance)
        """)
    defer { try? database.execute(sql: "DROP TABLE temp.search_instance") }
    return try body()
  }

  /// Adds the hashes from the pages of the index, if they have the known form.
  static func addPages(to sums: inout EntrySums, _ database: Database) throws {
    try IndexOccurrences.forEach(in: database, key: EntrySums.Token.init) { token, id, positions in
      var offset = 0
      var column = 0
      var position: Int64 = 0
      var sum: UInt64 = 0
      var count = 0
      var isCounted = false
      while offset < positions.count {
        var step = try Varint.read(positions, &offset)
        if step == 1 {
          let number = try Varint.read(positions, &offset)
          guard number >= 0 else { throw IndexFormatError() }
          column = Int(min(number, 4))
          position = 0
          step = try Varint.read(positions, &offset)
        }
        // With this limit, the sum of all steps fits in 64 bits.
        guard (2...Int64(Int32.max)).contains(step) else { throw IndexFormatError() }
        position += step - 2
        count += 1
        if !token.isUnordered || column != EntrySums.facetColumn {
          sum &+= EntrySums.hash(token.hash, column, position)
        } else if !isCounted {
          sum &+= EntrySums.hash(token.hash, column, 0)
          isCounted = true
        }
      }
      if count > 0 { sums.add(sum, of: count, to: id) }
    }
  }

  /// Adds the hashes from SQLite's own view of the index, within `withInstances`.
  static func addInstances(to sums: inout EntrySums, _ database: Database) throws {
    var rows = try RawRows(
      once: "SELECT term, doc, col, offset FROM temp.search_instance", in: database)
    var last: (token: UInt64, id: Int64)?
    while try rows.next() {
      let token = EntrySums.Token(rows.bytes(0))
      let id = rows.integer(1)
      let column =
        switch rows.bytes(2).first {
        case UInt8(ascii: "p"): 0
        case UInt8(ascii: "n"): 1
        case UInt8(ascii: "t"): 2
        case UInt8(ascii: "f"): EntrySums.facetColumn
        default: 4
        }
      let isOrdered = !token.isUnordered || column != EntrySums.facetColumn
      if !isOrdered {
        // SQLite lists the occurrences of a token in an entry one after the other.
        if let last, last == (token.hash, id) {
          sums.add(0, to: id)
          continue
        }
        last = (token.hash, id)
      }
      sums.add(EntrySums.hash(token.hash, column, isOrdered ? rows.integer(3) : 0), to: id)
    }
  }

  /// Adds the facets of each generation in the blocks; returns the counts of the facets.
  private static func addFacets(
    to sums: inout EntrySums, _ database: Database
  ) throws -> [Facet: Int] {
    var counts: [Facet: Int] = [:]
    var hashes: [Int64: UInt64] = [:]
    for kind in FacetKind.allCases {
      for entry in try FacetTable.entries(of: kind, in: database) {
        let facet = Facet(kind: kind, value: entry.value)
        counts[facet] = entry.uses
        hashes[entry.number] = EntrySums.sum(of: facet)
      }
    }
    // A facet number that does not exist must cause a difference.
    try FacetBlocks.forEach(in: database) { sums.add(hashes[$1] ?? 1, to: $0) }
    return counts
  }

  /// Subtracts the hashes of the rows, so that sums of equal entries become zero; returns the facet
  /// counts of the rows.
  private static func subtractRows(
    from sums: inout EntrySums, _ database: Database
  ) throws -> (generations: Int64, facets: [Facet: Int]) {
    var generations: Int64 = 0
    var facets: [Facet: Int] = [:]
    var last: (values: IndexedValues, entry: IndexedText)?
    try IndexSource.forEach(in: database) { id, values in
      generations += 1
      // In a series, most prompts are equal to the prompt of the previous generation.
      let entry =
        last.map { IndexedText(values, before: $0.values, entry: $0.entry) } ?? IndexedText(values)
      last = (values, entry)
      var sum: UInt64 = 0
      for (column, bytes) in entry.columns.enumerated() {
        sum &+= EntrySums.sum(of: bytes, column)
      }
      for facet in values.facets {
        let facet = Facet(kind: facet.kind, value: facet.value)
        facets[facet, default: 0] += 1
        sum &+= EntrySums.sum(of: facet)
      }
      sums.add(0 &- sum, to: id)
    }
    return (generations, facets)
  }
}

/// A sum of hashes for each generation, stored in pages because ids may have gaps.
struct EntrySums {
  private var sums: [UInt64] = []
  /// The start of each page of ids in `sums`.
  private var starts: [Int64: Int] = [:]
  private var last: (page: Int64, start: Int) = (-1, 0)
  private static let pageSize = 4096
  private let newest: Int64
  /// The number of occurrences whose id cannot exist.
  ///
  /// A damaged index may contain any id. Only ids that can exist get a page, so memory use is
  /// limited.
  private(set) var unmatched = 0

  init(upTo newest: Int64) { self.newest = newest }

  mutating func removeAll() { self = EntrySums(upTo: newest) }

  /// The sum of an entry.
  subscript(id: Int64) -> UInt64 { starts[id >> 12].map { sums[$0 + Int(id & 4095)] } ?? 0 }

  /// - Parameter count: the number of occurrences whose hashes were added.
  mutating func add(_ hash: UInt64, of count: Int = 1, to id: Int64) {
    guard id >= 0, id <= newest else {
      unmatched += count
      return
    }
    let page = id >> 12
    if page != last.page { last = (page, start(of: page)) }
    sums[last.start + Int(id & 4095)] &+= hash
  }

  private mutating func start(of page: Int64) -> Int {
    if let start = starts[page] { return start }
    let start = sums.count
    sums.append(contentsOf: repeatElement(0, count: Self.pageSize))
    starts[page] = start
    return start
  }

  func nonzero() -> [Int64] {
    starts.flatMap { page, start in
      (0..<Self.pageSize).filter { sums[start + $0] != 0 }.map { page << 12 | Int64($0) }
    }.sorted()
  }

  /// The number of the column of facets.
  static let facetColumn = 3

  /// A token as the sums count it.
  struct Token {
    let hash: UInt64
    /// Whether it is counted once in the column of facets, without its position.
    let isUnordered: Bool

    init(_ bytes: UnsafeRawBufferPointer) {
      hash = EntrySums.hash(bytes)
      isUnordered = FacetToken.isUnordered(bytes)
    }
  }

  /// Returns the sum for the tokens of a column of an entry.
  static func sum(of column: [UInt8], _ number: Int) -> UInt64 {
    column.withUnsafeBytes { bytes in
      var sum: UInt64 = 0
      var unordered: [UInt64] = []
      if number == facetColumn { unordered.reserveCapacity(16) }
      var position: Int64 = 0
      var start = 0
      for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: " ") {
        if end > start {
          let token = Token(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
          if !token.isUnordered || number != facetColumn {
            sum &+= hash(token.hash, number, position)
          } else if !unordered.contains(token.hash) {
            sum &+= hash(token.hash, number, 0)
            unordered.append(token.hash)
          }
          position += 1
        }
        start = end + 1
      }
      return sum
    }
  }

  /// Returns the sum for a facet, as for a token in a separate column.
  static func sum(of facet: Facet) -> UInt64 {
    let column =
      switch facet.kind {
      case .tag: 5
      case .model: 6
      case .size: 7
      }
    var value = facet.value
    return value.withUTF8 { hash(hash(UnsafeRawBufferPointer($0)), column, 0) }
  }

  /// Returns the FNV-1a hash of a token.
  static func hash(_ token: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in token { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// Returns the hash of a token, mixed with the column and the position by SplitMix64's finalizer.
  static func hash(_ token: UInt64, _ column: Int, _ position: Int64) -> UInt64 {
    var hash = token &+ UInt64(column + 1) &* 0x9E37_79B9_7F4A_7C15
    hash = hash ^ UInt64(bitPattern: position) &* 0xD6E8_FEB8_6659_FD93
    hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
    return hash ^ hash >> 31
  }
}
