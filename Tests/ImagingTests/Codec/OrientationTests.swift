import Testing

@testable import SeedbankImaging

struct OrientationTests {
  private let picture = Pixels(
    width: 3, height: 2, layout: .rgb, bytes: [1, 2, 3, 4, 5, 6].flatMap { [$0, $0, $0] })!

  @Test(
    "each orientation is shown upright",
    arguments: [
      (Orientation.upright, [1, 2, 3, 4, 5, 6]), (.mirrored, [3, 2, 1, 6, 5, 4]),
      (.turned180, [6, 5, 4, 3, 2, 1]), (.flipped, [4, 5, 6, 1, 2, 3]),
      (.transposed, [1, 4, 2, 5, 3, 6]), (.turned90Clockwise, [4, 1, 5, 2, 6, 3]),
      (.transversed, [6, 3, 5, 2, 4, 1]), (.turned90CounterClockwise, [3, 6, 2, 5, 1, 4]),
    ] as [(Orientation, [UInt8])])
  func turned(orientation: Orientation, expected: [UInt8]) {
    let upright = picture.turned(orientation)
    #expect(upright.width == (orientation.swapsSides ? 2 : 3))
    #expect(stride(from: 0, to: 18, by: 3).map { upright.bytes[$0] } == expected)
  }

  @Test("the orientation in Exif is applied, in PNG as in JPEG")
  func fromExif() throws {
    let block: [UInt8] =
      Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
    var png = PNGBuilder()
    png.header(3, 2, depth: 8, color: 2)
    png.chunk("eXIf", block)
    png.pixels([0] + picture.bytes.prefix(9) + [0] + picture.bytes.suffix(9))
    png.end()
    let read = try Picture.decode(png.bytes)
    #expect(read.header.orientation == .turned90Clockwise)
    #expect(read.header.uprightWidth == 2 && read.header.uprightHeight == 3)
    #expect(read.upright == picture.turned(.turned90Clockwise))

    let jpeg = try picture.encoded(as: .jpeg(quality: 90))
    let payload = JPEGSegment.exifSignature + block
    let segment = [0xFF, 0xE1] + (payload.count + 2).bigEndianBytes(2) + payload
    let turned = Array(jpeg.prefix(2)) + segment + Array(jpeg.dropFirst(2))
    #expect(try Picture.decode(turned).header.orientation == .turned90Clockwise)
  }
}
