import Testing

@testable import SeedbankImaging

struct HeaderTests {
  @Test("the format is recognized by the bytes alone")
  func sniffing() throws {
    let scene = Scene.make(1, width: 9, height: 7)
    #expect(ImageFormat(sniffing: try scene.encoded(as: .jpeg(quality: 80))) == .jpeg)
    #expect(ImageFormat(sniffing: try scene.encoded(as: .png())) == .png)
    #expect(ImageFormat(sniffing: try scene.encoded(as: .webp(quality: 80))) == .webp)
    #expect(ImageFormat(sniffing: Array("<html>no image".utf8)) == nil)
    #expect(ImageFormat(sniffing: []) == nil)
  }

  @Test(
    "size and alpha are read without decoding",
    arguments: [
      ImageEncoding.jpeg(quality: 90), .png(), .webp(quality: 90), .losslessWebP,
    ])
  func dimensions(encoding: ImageEncoding) throws {
    let opaque = try ImageHeader.read(Scene.make(1, width: 33, height: 21).encoded(as: encoding))
    #expect(opaque.width == 33 && opaque.height == 21 && !opaque.hasAlpha)
    #expect(opaque.format == encoding.format && opaque.orientation == .upright)
    let clear = try ImageHeader.read(Scene.withAlpha(1).encoded(as: encoding))
    #expect(clear.hasAlpha == (encoding.format != .jpeg))
  }

  @Test("an incomplete header is truncated, and other bytes are not an image")
  func cutHeader() throws {
    let png = try Scene.make(1, width: 8, height: 8).encoded(as: .png())
    #expect(throws: ImageError.truncated(.png)) { try ImageHeader.read(Array(png.prefix(20))) }
    let jpeg = try Scene.make(1, width: 8, height: 8).encoded(as: .jpeg(quality: 80))
    #expect(throws: ImageError.truncated(.jpeg)) { try ImageHeader.read(Array(jpeg.prefix(30))) }
    let webp = try Scene.make(1, width: 8, height: 8).encoded(as: .webp(quality: 80))
    #expect(throws: ImageError.truncated(.webp)) { try ImageHeader.read(Array(webp.prefix(22))) }
    #expect(throws: ImageError.notAnImage) { try ImageHeader.read(Array("hello".utf8)) }
  }

  @Test("an animation is reported")
  func animation() throws {
    let header = try ImageHeader.read(Fixtures.animatedWebP)
    #expect(header.isAnimated && header.width == 12 && header.height == 10)
  }

  @Test("a GIF is an animation if it has a second image, with or without a loop")
  func animatedGIF() throws {
    let start: [UInt8] =
      Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF]
    let image: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
    let comment: [UInt8] = [0x21, 0xFE, 11] + Array("NETSCAPE2.0".utf8) + [0]
    let trailer: [UInt8] = [0x3B]
    #expect(try ImageHeader.read(start + image + image + trailer).isAnimated)
    #expect(try !ImageHeader.read(start + comment + image + trailer).isAnimated)
    #expect(try !ImageHeader.read(start + image + trailer + image).isAnimated)
    #expect(try !ImageHeader.read(start).isAnimated)
  }
}
