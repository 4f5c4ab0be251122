internal import GRDB

/// The facets of 1,024 generations with consecutive ids, in the format of a row of `facet_block`.
///
/// For each generation, in the order of ids, a block contains the number of facets and then the
/// facet numbers. Each number is written with seven bits per byte, the low bits first. The high bit
/// is set if another byte follows. Generations at the end without facets may be omitted.
struct FacetBlock {
  /// The number of generations in a block.
  static let size: Int64 = 1_024

  private(set) var bytes: [UInt8] = []
  /// The number of generations added.
  private var count = 0

  /// Returns the number of the block that contains a generation.
  static func number(of id: Int64) -> Int64 { id >> 10 }

  /// Returns the block with changed facets for some of its generations.
  ///
  /// - Parameter changes: the changes in ascending order of `place`, which counts from 0 within the
  ///   block.
  /// - Throws: `DatabaseError` if the bytes are damaged.
  static func changing(
    _ bytes: [UInt8], _ changes: [(place: Int, facets: [Int64])]
  ) throws -> FacetBlock {
    var block = FacetBlock()
    var changes = changes[...]
    try bytes.withUnsafeBytes { bytes in
      var reader = FacetBlockReader(bytes)
      while let generation = try reader.nextGeneration() {
        if let change = changes.first, change.place == block.count {
          block.append(change.facets)
          changes = changes.dropFirst()
        } else {
          block.bytes.append(contentsOf: generation)
          block.count += 1
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

/// Reads the numbers of a block in order.
struct FacetBlockReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var generations: Int64 = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Returns the number of facets of the next generation; nil at the end.
  ///
  /// Call `facet` that many times to read them.
  ///
  /// - Throws: `DatabaseError` if the bytes are damaged.
  mutating func nextCount() throws -> Int? {
    guard position < bytes.count else { return nil }
    let count = try number()
    generations += 1
    guard generations <= FacetBlock.size, count <= bytes.count - position else { throw Self.damage }
    return Int(count)
  }

  /// Returns the number of the next facet of the generation.
  ///
  /// - Throws: `DatabaseError` if the bytes are damaged.
  mutating func facet() throws -> Int64 { try number() }

  /// Returns the bytes of the next generation; nil at the end.
  ///
  /// - Throws: `DatabaseError` if the bytes are damaged.
  mutating func nextGeneration() throws -> UnsafeRawBufferPointer? {
    let start = position
    guard let count = try nextCount() else { return nil }
    for _ in 0..<count { _ = try facet() }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
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

  static var damage: DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "a row of facet_block is damaged", sql: "facet_block")
  }
}
