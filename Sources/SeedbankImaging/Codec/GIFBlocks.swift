/// The blocks of a GIF, one after the other: GIF89a specification, sections 17 to 27.
struct GIFBlocks: IteratorProtocol {
  enum Block {
    case image
    case `extension`
    case trailer
  }

  private let bytes: UnsafeRawBufferPointer
  private var offset: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    offset = bytes.byte(at: 10).map { 13 + Self.tableLength($0) } ?? bytes.count
  }

  /// Whether the file contains a second image.
  static func haveSecondImage(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var blocks = GIFBlocks(bytes)
    var images = 0
    while let block = blocks.next(), block != .trailer {
      if block == .image { images += 1 }
      if images > 1 { return true }
    }
    return false
  }

  /// Whether the trailer comes after at least one image, and no byte before it is missing.
  static func areWhole(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var blocks = GIFBlocks(bytes)
    var hasImage = false
    while let block = blocks.next() {
      if block == .trailer { return hasImage }
      if block == .image { hasImage = true }
    }
    return false
  }

  /// The next block; nil at the end of the bytes and before data that is not a block.
  mutating func next() -> Block? {
    switch bytes.byte(at: offset) {
    case 0x3B:
      offset = bytes.count
      return .trailer
    case 0x21:
      skipSubBlocks(from: offset + 2)
      return .extension
    case 0x2C:
      guard let flags = bytes.byte(at: offset + 9) else { return nil }
      skipSubBlocks(from: offset + 11 + Self.tableLength(flags))
      return .image
    default: return nil
    }
  }

  /// Skips sub-blocks with their lengths.
  ///
  /// An empty one ends them.
  private mutating func skipSubBlocks(from start: Int) {
    offset = start
    while let length = bytes.byte(at: offset) {
      offset += 1 + Int(length)
      if length == 0 { break }
    }
  }

  private static func tableLength(_ flags: UInt8) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
  }
}
