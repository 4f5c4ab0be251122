internal import GRDB

/// The facets of 1,024 generations with neighbouring ids, as a row of `facet_block` has them.
///
/// In the order of ids: how many facets a generation has, then the number of each. Numbers are written with
/// seven bits a byte, the low ones first; the high bit says that another byte follows. Generations
/// at the end that have no facets are left out.
struct FacetBlock {
  /// How many generations a block has.
  static let size: Int64 = 1_024

  private(set) var bytes: [UInt8] = []
  /// How many generations were added.
  private var count = 0

  /// The block of a generation.
  static func number(of id: Int64) -> Int64 { id >> 10 }

  /// The block with other facets for some of its generations.
  ///
  /// - Parameter changes: ascending by `place`, which counts from 0 within the block.
  /// - Throws: `DatabaseError`, if the bytes are damaged.
  static func changing(
    _ bytes: [UInt8], _ changes: [(place: Int, facets: [Int64])]
  ) throws -> FacetBlock {
    var block = FacetBlock()
    var changes = changes[...]
    try bytes.withUnsafeBytes { bytes in
      var reader = FacetBlockReader(bytes)
      while let facets = try reader.nextGeneration() {
        if let change = changes.first, change.place == block.count {
          block.append(change.facets)
          changes = changes.dropFirst()
        } else {
          block.append(facets)
        }
      }
    }
    for change in changes {
      while block.count < change.place { block.append([]) }
      block.append(change.facets)
    }
    return block
  }

  private mutating func append(_ facets: [Int64]) {
    append(Int64(facets.count))
    for facet in facets { append(facet) }
    count += 1
  }

  private mutating func append(_ number: Int64) {
    var rest = UInt64(bitPattern: number)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads the numbers of a block in their order.
struct FacetBlockReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var generations: Int64 = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The number of facets of the next generation, which `facet` then returns one by one; nil at the end.
  ///
  /// - Throws: `DatabaseError`, if the bytes are damaged.
  mutating func nextCount() throws -> Int? {
    guard position < bytes.count else { return nil }
    let count = try number()
    generations += 1
    guard generations <= FacetBlock.size, count <= bytes.count - position else { throw Self.damage }
    return Int(count)
  }

  /// The number of the next facet of the generation.
  ///
  /// - Throws: `DatabaseError`, if the bytes are damaged.
  mutating func facet() throws -> Int64 { try number() }

  /// The facets of the next generation; nil at the end.
  mutating func nextGeneration() throws -> [Int64]? {
    guard let count = try nextCount() else { return nil }
    var facets: [Int64] = []
    facets.reserveCapacity(count)
    for _ in 0..<count { facets.append(try facet()) }
    return facets
  }

  @inline(__always) private mutating func number() throws -> Int64 {
    guard position < bytes.count else { throw Self.damage }
    let first = bytes[position]
    position += 1
    guard first > 0x7F else { return Int64(first) }
    var number = Int64(first & 0x7F)
    var shift: Int64 = 7
    while true {
      guard position < bytes.count, shift < 35 else { throw Self.damage }
      let byte = bytes[position]
      position += 1
      number |= Int64(byte & 0x7F) << shift
      if byte <= 0x7F { return number }
      shift += 7
    }
  }

  private static var damage: DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "a row of facet_block is damaged", sql: "facet_block")
  }
}
