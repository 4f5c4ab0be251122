import Testing

@testable import SeedbankImaging

struct PNGKindsTests {
  @Test("16 bits a channel are scaled to 8")
  func sixteenBits() throws {
    var png = PNGBuilder()
    png.header(2, 1, depth: 16, color: 2)
    png.pixels([0, 0xFF, 0xFF, 0x80, 0x80, 0, 0, 0, 0, 0, 0, 0x7F, 0xFF])
    png.end()
    let pixels = try Picture.decode(png.bytes).stored
    #expect(pixels.bytes == [255, 128, 0, 0, 0, 127])
  }

  @Test("a palette with transparency becomes RGBA")
  func palette() throws {
    var png = PNGBuilder()
    png.header(4, 1, depth: 2, color: 3)
    png.chunk("PLTE", [10, 20, 30, 40, 50, 60, 70, 80, 90])
    png.chunk("tRNS", [255, 128])
    png.pixels([0, 0b00_01_10_00])
    png.end()
    let pixels = try Picture.decode(png.bytes).stored
    #expect(pixels.layout == .rgba)
    #expect(
      pixels.bytes == [10, 20, 30, 255, 40, 50, 60, 128, 70, 80, 90, 255, 10, 20, 30, 255])
  }

  @Test("one-bit grey and grey with alpha decode")
  func grey() throws {
    var bits = PNGBuilder()
    bits.header(8, 1, depth: 1, color: 0)
    bits.pixels([0, 0b1010_0001])
    bits.end()
    let values = try Picture.decode(bits.bytes).stored
    #expect(values.layout == .rgb)
    #expect((0..<8).map { values.pixel($0, 0)[0] } == [255, 0, 255, 0, 0, 0, 0, 255])

    var alpha = PNGBuilder()
    alpha.header(1, 1, depth: 8, color: 4)
    alpha.pixels([0, 77, 12])
    alpha.end()
    #expect(try Picture.decode(alpha.bytes).stored.bytes == [77, 77, 77, 12])
  }

  @Test("an interlaced file has the same pixels as a plain one")
  func interlaced() throws {
    let scene = Scene.make(9, width: 13, height: 11)
    let passes = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
      (0, 1, 1, 2),
    ]
    var raw: [UInt8] = []
    for (left, top, across, down) in passes where left < 13 && top < 11 {
      for y in stride(from: top, to: 11, by: down) {
        raw.append(0)
        for x in stride(from: left, to: 13, by: across) { raw += scene.pixel(x, y) }
      }
    }
    var png = PNGBuilder()
    png.header(13, 11, depth: 8, color: 2, interlaced: true)
    png.pixels(raw)
    png.end()
    #expect(try Picture.decode(png.bytes).stored == scene)
  }

  @Test("a wrong checksum is damage, in the pixels and in a text")
  func checkSums() throws {
    let file = try Scene.make(1, width: 20, height: 20).encoded(as: .png())
    var pixels = file
    pixels[file.count - 14] ^= 1
    #expect(throws: ImageError.self) { try Picture.decode(pixels) }

    var text = PNGBuilder()
    text.header(1, 1, depth: 8, color: 0)
    text.chunk("tEXt", Array("Title\0x".utf8))
    text.bytes[text.bytes.count - 1] ^= 1
    text.pixels([0, 0])
    text.end()
    #expect(throws: ImageError.self) { try Picture.decode(text.bytes) }
  }

  @Test("pixels that run out before the last row are damage")
  func shortPixels() {
    var png = PNGBuilder()
    png.header(4, 4, depth: 8, color: 0)
    png.pixels([0, 1, 2, 3, 4, 0, 1, 2])
    png.end()
    #expect(throws: ImageError.self) { try Picture.decode(png.bytes) }
  }

  @Test("a compressed text is never inflated by the decoder")
  func textBomb() throws {
    var png = PNGBuilder()
    png.header(1, 1, depth: 8, color: 0)
    let bomb = compressed([UInt8](repeating: 65, count: 8 << 20))
    png.chunk("zTXt", Array("Comment\0\0".utf8) + bomb)
    png.pixels([0, 200])
    png.end()
    #expect(try Picture.decode(png.bytes).stored.bytes == [200, 200, 200])
  }
}
