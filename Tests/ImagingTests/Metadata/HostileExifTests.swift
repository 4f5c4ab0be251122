import Testing

@testable import SeedbankImaging

@Suite("Comments in damaged Exif blocks")
struct HostileExifTests {
  private static let text = "a cat"

  /// A block with an Exif directory of one entry, and six bytes after it.
  private static func block(_ pointer: [UInt8], _ entry: [UInt8]) -> [UInt8] {
    [0x4D, 0x4D, 0, 42, 0, 0, 0, 8] + [0, 1] + pointer + [0, 0, 0, 0] + [0, 1] + entry
      + [0, 0, 0, 0] + [1, 2, 3, 4, 5, 6]
  }

  private static func entry(_ tag: Int, type: Int, count: Int, _ value: Int) -> [UInt8] {
    tag.bigEndianBytes(2) + type.bigEndianBytes(2) + count.bigEndianBytes(4)
      + value.bigEndianBytes(4)
  }

  private static let pointer = entry(TIFFBlock.Tag.exifDirectory, type: 4, count: 1, 26)

  @Test("a comment is written and read again, wherever the old entry says that its value is")
  func anyEntry() throws {
    let places = Array(0...52) + [0x7FFF_FFFF, 0xFFFF_FFFF]
    let counts = [0, 1, 3, 4, 5, 6, 8, 24, 36, 42, 44, 48, 49, 50, 51, 0x2000_0000, 0xFFFF_FFFF]
    for type in [0, 1, 2, 3, 4, 5, 7, 12, 13, 0xFFFF] {
      for count in counts {
        for place in places {
          let entry = Self.entry(TIFFBlock.Tag.userComment, type: type, count: count, place)
          let block = try #require(TIFFBlock(Self.block(Self.pointer, entry)))
          let edited = block.setting(userComment: Self.text)
          let read = edited.flatMap { TIFFBlock($0) }.map { ExifText($0) }
          if read?.userComment != Self.text {
            Issue.record("type \(type), \(count) values at \(place)")
          }
        }
      }
    }
  }

  @Test("an earlier comment at the end of the block is replaced")
  func earlierComment() throws {
    let first = TIFFBlock.with(userComment: "a long text that is replaced by a shorter one")
    let edited = try #require(TIFFBlock(first)?.setting(userComment: Self.text))
    #expect(edited == TIFFBlock.with(userComment: Self.text))
  }

  @Test("a block in which the Exif directory is not a separate one is not changed")
  func sharedDirectory() throws {
    let comment = Self.entry(TIFFBlock.Tag.userComment, type: 7, count: 4, 0)
    for pointer in [
      Self.entry(TIFFBlock.Tag.exifDirectory, type: 4, count: 1, 8),
      Self.entry(TIFFBlock.Tag.exifDirectory, type: 7, count: 8, 4),
    ] {
      let block = try #require(TIFFBlock(Self.block(pointer, comment)))
      try #require(block.exif?.offset != nil)
      #expect(block.setting(userComment: Self.text) == nil)
    }
  }

  @Test("a pointer to the Exif directory of another type is not changed")
  func otherPointer() throws {
    // The pointer's value is after the directories, and says 26.
    let pointer = Self.entry(TIFFBlock.Tag.exifDirectory, type: 7, count: 6, 44)
    var bytes = Self.block(pointer, Self.entry(0x829A, type: 3, count: 1, 0))
    bytes.replaceSubrange(44..<48, with: 26.bigEndianBytes(4))
    let block = try #require(TIFFBlock(bytes))
    try #require(block.exif?.offset != nil)
    #expect(block.setting(userComment: Self.text) == nil)
  }
}
