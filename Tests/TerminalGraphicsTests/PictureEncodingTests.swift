import Foundation
import SeedbankImaging
import Testing

@testable import TerminalGraphics

@Suite("Images as escapes")
struct PictureEncodingTests {
  private let escape = "\u{1B}"

  @Test("a half-block shows two rows, and colours are written only when they change")
  func halfBlocks() throws {
    let picture = try pixels(
      width: 2, [255, 0, 0, 255, 0, 0, 0, 0, 255, 0, 255, 0, 1, 2, 3, 1, 2, 3])
    #expect(
      HalfBlocks.lines(picture, depth: .trueColour) == [
        "\(escape)[38;2;255;0;0;48;2;0;0;255m▀\(escape)[48;2;0;255;0m▀\(escape)[0m",
        "\(escape)[38;2;1;2;3m▀▀\(escape)[0m",
      ])
    #expect(
      HalfBlocks.lines(picture, depth: .indexed) == [
        "\(escape)[38;5;196;48;5;21m▀\(escape)[48;5;46m▀\(escape)[0m",
        "\(escape)[38;5;16m▀▀\(escape)[0m",
      ])
  }

  @Test("each of the 256 colours is encoded as itself, and greys use the grey ramp")
  func indexedColours() {
    let levels: [Int32] = [0, 95, 135, 175, 215, 255]
    for index in 16..<232 {
      let step = index - 16
      let colour = SIMD3(levels[step / 36], levels[step / 6 % 6], levels[step % 6])
      #expect(IndexedColours.nearest(to: colour).index == index)
    }
    for step in 0..<24 {
      let grey = SIMD3(repeating: Int32(8 + 10 * step))
      #expect(IndexedColours.nearest(to: grey).value == grey)
    }
  }

  @Test("a dark blue, whose nearest colour is a grey, stays blue on average")
  func dithering() throws {
    #expect(IndexedColours.nearest(to: SIMD3(24, 40, 72)).index >= 232)
    let picture = try scene(width: 32, height: 32) { _, _ in [24, 40, 72] }
    let sum = IndexedColours.dithered(picture).reduce(SIMD3<Int32>()) { $0 &+ value($1) }
    #expect(sum[2] > sum[1] && sum[1] >= sum[0] && sum[2] / 1024 - sum[0] / 1024 > 15)
  }

  @Test("a small image in sixel, byte for byte")
  func sixelBytes() throws {
    // Red above and blue below, in seven rows: the seventh row starts a second band.
    let rows = (0..<7).flatMap { row in
      (0..<5).flatMap { _ in row < 3 ? [255, 0, 0] : [0, 0, 255] as [UInt8] }
    }
    #expect(
      Sixel.text(try pixels(width: 5, rows)) == """
        \(escape)P0;1;0q"1;1;5;7#0;2;100;0;0#1;2;0;0;100\
        #0!5F$#1!5w-#1!5@\(escape)\\
        """)
  }

  @Test("sixel shows the exact image with up to 256 colours, and a similar one with more")
  func sixelRoundTrip() throws {
    // Multiples of 51 are whole percentages, so sixel can represent them exactly.
    let few = try scene(width: 37, height: 23) { x, y in
      [UInt8(x % 6) * 51, UInt8(y % 6) * 51, UInt8((x + y) % 6) * 51]
    }
    #expect(try SixelReader.read(Sixel.text(few)) == few)
    let many = try scene(width: 64, height: 50) { x, y in
      [UInt8(x * 4), UInt8(y * 5), UInt8(255 - x * 2 - y)]
    }
    let read = try SixelReader.read(Sixel.text(many))
    #expect((read.width, read.height) == (64, 50))
    let error = zip(read.bytes, many.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(Double(error) / Double(many.bytes.count) < 8)
  }

  @Test("kitty gets an image in pieces of 4096 bytes with exactly the same pixels")
  func kittyRoundTrip() throws {
    let noise = try scene(width: 90, height: 70) { x, y in
      let mixed = (x &* 7919 &+ y &* 104_729) &* 2_654_435_761
      return [
        UInt8(truncatingIfNeeded: mixed >> 7), UInt8(truncatingIfNeeded: mixed >> 13),
        UInt8(truncatingIfNeeded: mixed >> 19),
      ]
    }
    let text = try Kitty.text(noise, columns: 9)
    let pieces = text.components(separatedBy: "\(escape)\\").dropLast()
    #expect(pieces.count > 2)
    var payload = ""
    for (index, piece) in pieces.enumerated() {
      let parts = piece.split(separator: ";", maxSplits: 1).map(String.init)
      let more = index == pieces.count - 1 ? "m=0" : "m=1"
      #expect(parts[0] == "\(escape)_G" + (index == 0 ? "a=T,f=100,q=2,c=9," : "") + more)
      #expect(index == pieces.count - 1 || parts[1].utf8.count == 4096)
      #expect(parts[1].utf8.count <= 4096)
      payload += parts[1]
    }
    let file = try #require(Data(base64Encoded: payload))
    #expect(try Picture.decode(Array(file)).upright.holdsSamePixels(as: noise))
  }

  @Test("an image that fits into one escape sequence is sent in one")
  func kittyBytes() {
    #expect(
      Kitty.text(png: [1, 2, 3], columns: 4)
        == "\(escape)_Ga=T,f=100,q=2,c=4,m=0;AQID\(escape)\\")
    let full = Kitty.text(png: [UInt8](repeating: 0, count: 3072), columns: 4)
    #expect(full.components(separatedBy: "_G").count == 2)
    let over = Kitty.text(png: [UInt8](repeating: 0, count: 3073), columns: 4)
    #expect(over.hasSuffix("\(escape)_Gm=0;AA==\(escape)\\"))
  }

  @Test("iTerm2 gets one complete file")
  func iTerm2() throws {
    #expect(
      ITerm2.text(file: [1, 2, 3], columns: 4) == """
        \(escape)]1337;File=inline=1;size=3;width=4;height=auto;preserveAspectRatio=1:AQID\u{07}
        """)
    let picture = try pixels(width: 1, [1, 2, 3])
    let payload = try ITerm2.text(picture, columns: 1).dropLast().split(separator: ":").last
    let file = try #require(Data(base64Encoded: String(payload ?? "")))
    #expect(try Picture.decode(Array(file)).upright == picture)
  }

  private func pixels(width: Int, _ bytes: [UInt8]) throws -> Pixels {
    try #require(
      Pixels(width: width, height: bytes.count / 3 / width, layout: .rgb, bytes: bytes))
  }

  private func scene(
    width: Int, height: Int, _ colour: (Int, Int) -> [UInt8]
  ) throws -> Pixels {
    try pixels(
      width: width, (0..<width * height).flatMap { colour($0 % width, $0 / width) })
  }

  private func value(_ index: Int) -> SIMD3<Int32> {
    if index >= 232 { return SIMD3(repeating: Int32(8 + 10 * (index - 232))) }
    let levels: [Int32] = [0, 95, 135, 175, 215, 255]
    let step = index - 16
    return SIMD3(levels[step / 36], levels[step / 6 % 6], levels[step % 6])
  }
}
