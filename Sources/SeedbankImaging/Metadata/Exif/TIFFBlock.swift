/// The TIFF structure of an Exif block (TIFF 6.0; Exif 2.32, 4.6.2): directories of tagged entries, with
/// offsets from the first byte of the block.
struct TIFFBlock {
  /// One entry of a directory.
  ///
  /// Its value is read when it is used.
  struct Entry {
    let tag: Int
    let type: Int
    let count: Int
    /// The offset of the 12 bytes of the entry.
    let offset: Int
    /// The range of the value, which is inside the entry if it has at most 4 bytes.
    let value: Range<Int>
  }

  struct Directory {
    let offset: Int
    let entries: [Entry]
    /// All its bytes: the number of entries, the entries, and the offset of the next directory.
    let range: Range<Int>
    /// The offset of the directory that follows; 0: none.
    let next: Int

    func entry(_ tag: Int) -> Entry? { entries.first { $0.tag == tag } }
  }

  let bytes: [UInt8]
  let isBigEndian: Bool
  let main: Directory
  /// The Exif directory that the main one points to.
  let exif: Directory?

  /// Nil if the header or the main directory is damaged.
  ///
  /// `Exif\0\0` at the start is skipped, because some programs write it into WebP and PNG too.
  init?(_ raw: UnsafeRawBufferPointer) {
    let skipped = raw.matches(JPEGSegment.exifSignature, at: 0) ? 6 : 0
    self.init([UInt8](raw.dropFirst(skipped)))
  }

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 14 else { return nil }
    let isBigEndian = bytes[0] == 0x4D
    guard bytes[0] == bytes[1], isBigEndian || bytes[0] == 0x49 else { return nil }
    guard Self.number(bytes, at: 2, width: 2, isBigEndian) == 42,
      let start = Self.number(bytes, at: 4, width: 4, isBigEndian),
      let main = Self.directory(bytes, at: start, isBigEndian)
    else { return nil }
    self.bytes = bytes
    self.isBigEndian = isBigEndian
    self.main = main
    exif = main.entry(Tag.exifDirectory)
      .flatMap { Self.number(bytes, at: $0.value.lowerBound, width: 4, isBigEndian) }
      .flatMap { Self.directory(bytes, at: $0, isBigEndian) }
  }

  /// The orientation in an Exif block; `.upright` without a valid one.
  static func orientation(in raw: UnsafeRawBufferPointer) -> Orientation {
    guard let block = TIFFBlock(raw), let entry = block.main.entry(Tag.orientation),
      entry.type == 3,
      let value = number(block.bytes, at: entry.value.lowerBound, width: 2, block.isBigEndian)
    else { return .upright }
    return Orientation(rawValue: value) ?? .upright
  }

  static func number(_ bytes: [UInt8], at offset: Int, width: Int, _ isBigEndian: Bool) -> Int? {
    guard offset >= 0, offset <= bytes.count - width else { return nil }
    let part = bytes[offset..<offset + width]
    return isBigEndian
      ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The size of one value of each TIFF type in bytes; 0 for a type that does not exist.
  private static let valueSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]

  private static func directory(
    _ bytes: [UInt8], at offset: Int, _ isBigEndian: Bool
  ) -> Directory? {
    guard offset >= 8, let count = number(bytes, at: offset, width: 2, isBigEndian) else {
      return nil
    }
    // Some writers end the block with the last entry.
    let next = number(bytes, at: offset + 2 + count * 12, width: 4, isBigEndian) ?? 0
    var entries: [Entry] = []
    for index in 0..<count {
      let at = offset + 2 + index * 12
      guard let tag = number(bytes, at: at, width: 2, isBigEndian),
        let type = number(bytes, at: at + 2, width: 2, isBigEndian),
        let valueCount = number(bytes, at: at + 4, width: 4, isBigEndian),
        let place = number(bytes, at: at + 8, width: 4, isBigEndian)
      else { return nil }
      let size = (type < valueSizes.count ? valueSizes[type] : 0) * valueCount
      let start = size <= 4 ? at + 8 : place
      guard start <= bytes.count, size <= bytes.count - start else { continue }
      entries.append(
        Entry(tag: tag, type: type, count: valueCount, offset: at, value: start..<start + size))
    }
    let end = min(offset + 6 + count * 12, bytes.count)
    return Directory(offset: offset, entries: entries, range: offset..<end, next: next)
  }
}

extension TIFFBlock {
  /// The tags that are read or written (Exif 2.32, table 3 and following).
  enum Tag {
    static let imageDescription = 0x010E
    static let make = 0x010F
    static let model = 0x0110
    static let orientation = 0x0112
    static let software = 0x0131
    static let dateTime = 0x0132
    static let artist = 0x013B
    static let copyright = 0x8298
    static let exifDirectory = 0x8769
    static let userComment = 0x9286
    static let dateTimeOriginal = 0x9003
    static let dateTimeDigitized = 0x9004
    static let offsetOriginal = 0x9011
    static let offsetDigitized = 0x9012
    static let fractionOriginal = 0x9291
    static let fractionDigitized = 0x9292
    static let windowsRating = 0x4746
    static let windowsTitle = 0x9C9B
    static let windowsComment = 0x9C9C
    static let windowsKeywords = 0x9C9E
    static let windowsSubject = 0x9C9F
  }
}
