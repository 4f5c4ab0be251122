import Testing

@testable import SeedbankImaging

@Suite("TIFF files with many strips")
struct TIFFLimitTests {
  /// A file whose directory names `count` strips of one byte, with `copies` entries for their offsets.
  private static func file(strips count: Int, copies: Int = 1, hasLengths: Bool = true) -> [UInt8] {
    func entry(_ tag: Int, _ place: Int) -> [UInt8] {
      tag.littleEndianBytes(2) + [4, 0] + count.littleEndianBytes(4) + place.littleEndianBytes(4)
    }
    let entries = copies + (hasLengths ? 1 : 0)
    let end = 8 + 2 + 12 * entries + 4
    var bytes: [UInt8] = Array("II".utf8) + [42, 0, 8, 0, 0, 0] + entries.littleEndianBytes(2)
    let offsets = entry(273, end)
    for _ in 0..<copies { bytes += offsets }
    if hasLengths { bytes += entry(279, end + 4 * count) }
    bytes += [0, 0, 0, 0]
    for value in [8, 1] {
      let number = value.littleEndianBytes(4)
      for _ in 0..<count { bytes += number }
    }
    return bytes
  }

  @Test("are recognized, however many there are")
  func manyStrips() {
    for count in [2, 1 << 16, 1 << 16 + 1, 300_000] {
      #expect(UndecodedImage.recognize(Self.file(strips: count))?.kind == .tiff)
    }
  }

  @Test("are not recognized if the file does not contain all offsets and lengths")
  func missingValues() {
    for count in [2, 70_000] {
      #expect(UndecodedImage.recognize(Array(Self.file(strips: count).dropLast(4))) == nil)
    }
    // The directory names more strips than there are numbers of 32 bits in the file.
    var file = Self.file(strips: 2)
    file.replaceSubrange(14..<18, with: [255, 255, 255, 255])
    file.replaceSubrange(26..<30, with: [255, 255, 255, 255])
    #expect(UndecodedImage.recognize(file) == nil)
  }

  @Test("are read once, however often the directory repeats the entry")
  func repeatedEntries() {
    // A reader of all entries needs hours.
    let file = Self.file(strips: 1 << 16, copies: 60_000, hasLengths: false)
    #expect(UndecodedImage.recognize(file) == nil)
  }
}
