import Testing

@testable import SeedbankImaging

struct DecodeTests {
  @Test("lossless formats return exactly the same pixels, with and without alpha")
  func lossless() throws {
    for pixels in [Scene.make(3, width: 37, height: 19), Scene.withAlpha(3)] {
      for encoding in [ImageEncoding.png(), .png(level: 0), .losslessWebP] {
        let picture = try Picture.decode(pixels.encoded(as: encoding))
        #expect(picture.stored.holdsSamePixels(as: pixels))
      }
    }
  }

  @Test("lossy formats return similar pixels")
  func lossy() throws {
    let scene = Scene.make(4)
    for encoding in [ImageEncoding.jpeg(quality: 95, fullChroma: true), .webp(quality: 95)] {
      let picture = try Picture.decode(scene.encoded(as: encoding))
      #expect(PixelDifference(scene, picture.stored).meanAbsoluteError < 3)
    }
  }

  @Test("a JPEG shows alpha on white")
  func alphaOnWhite() throws {
    let clear = Pixels(
      width: 16, height: 16, layout: .rgba, bytes: [UInt8](repeating: 0, count: 16 * 16 * 4))!
    let picture = try Picture.decode(clear.encoded(as: .jpeg(quality: 90)))
    #expect(picture.stored.bytes.allSatisfy { $0 == 255 })
  }

  @Test("CMYK becomes RGB, its Adobe inversion included")
  func cmyk() throws {
    let pixels = try Picture.decode(Fixtures.cmykJPEG).stored
    let red = pixels.pixel(2, 4)
    let blue = pixels.pixel(13, 4)
    #expect(red[0] > 240 && red[1] < 15 && red[2] < 15)
    #expect(blue[0] < 15 && blue[1] < 15 && blue[2] > 240)
  }

  @Test("grey and progressive JPEG decode")
  func otherJPEG() throws {
    let grey = try Picture.decode(Fixtures.greyJPEG).stored
    #expect(grey.layout == .rgb && grey.pixel(3, 0)[0] < 40 && grey.pixel(3, 15)[2] > 215)
    let progressive = try Picture.decode(Fixtures.progressiveJPEG).stored
    #expect(progressive.width == 24 && progressive.height == 16)
  }

  @Test("of an animation the first frame is decoded")
  func animation() throws {
    let pixels = try Picture.decode(Fixtures.animatedWebP).stored
    #expect(pixels.pixel(5, 5) == [200, 30, 40, 255])
  }

  @Test("an image above the pixel limit is refused before anything is allocated")
  func pixelBomb() {
    var png = PNGBuilder()
    png.header(2_000_000_000, 2_000_000_000, depth: 8, color: 2)
    png.pixels([0])
    png.end()
    #expect(
      throws: ImageError.tooManyPixels(
        width: 2_000_000_000, height: 2_000_000_000, limit: DecodeLimits.standard.pixels)
    ) { try Picture.decode(png.bytes) }
  }

  @Test("a file above the byte limit is refused")
  func byteLimit() throws {
    let png = try Scene.make(1).encoded(as: .png())
    let limits = DecodeLimits(bytes: 100, pixels: 1_000_000)
    #expect(throws: ImageError.tooManyBytes(count: png.count, limit: 100)) {
      try Picture.decode(png, limits: limits)
    }
  }

  @Test("a progressive JPEG with endless scans is refused")
  func scanBomb() throws {
    let bytes = Fixtures.progressiveJPEG
    let layout = bytes.withUnsafeBytes { JPEGLayout($0) }
    let scan = try #require(layout.scanStart)
    let end = bytes.count - 2
    let scans = Array(bytes[scan..<end])
    let bomb = bytes[..<scan] + (0..<30).flatMap { _ in scans } + bytes[end...]
    #expect(throws: ImageError.self) { try Picture.decode(Array(bomb)) }
  }

  @Test("a file with too many chunks is refused")
  func manyPieces() throws {
    let scene = Scene.make(1, width: 8, height: 8)
    func many(_ piece: [UInt8]) -> [UInt8] {
      Array(repeatElement(piece, count: ContainerLimit.parts).joined())
    }
    var png = PNGBuilder()
    png.header(1, 1, depth: 8, color: 0)
    let start = png.bytes.count
    png.chunk("tEXt", Array("a\0".utf8))
    png.bytes += many(Array(png.bytes[start...]))
    png.pixels([0, 0])
    png.end()
    let jpeg = try scene.encoded(as: .jpeg(quality: 80))
    let webp = try scene.encoded(as: .losslessWebP).dropFirst(12) + many(Array("JUNK\0\0\0\0".utf8))
    let riff = Array("RIFF".utf8) + (webp.count + 4).littleEndianBytes(4) + Array("WEBP".utf8)
    for file in [
      png.bytes, jpeg.prefix(2) + many([0xFF, 0xFE, 0, 2]) + jpeg.dropFirst(2), riff + webp,
    ] {
      #expect {
        try Picture.decode(file)
      } throws: { error in
        if case .damaged(_, let detail) = error as? ImageError {
          detail.contains("pieces")
        } else {
          false
        }
      }
      #expect(throws: MetadataError.self) {
        let document = try MetadataDocument(file)
        _ = try document.embedding(ProvenanceCopies(xmp: XMPPacket(record: "{}")))
      }
    }
  }

  @Test("sizes at the edge of a block decode whole and reduced", arguments: [1, 7, 8, 9, 16, 17])
  func smallSizes(side: Int) throws {
    let scene = Scene.make(5, width: side, height: 17 - side % 3)
    let jpeg = try scene.encoded(as: .jpeg(quality: 90))
    for wanted in [1, 2, 5, 9, 100] {
      let picture = try jpeg.withUnsafeBytes {
        try Picture.decode(raw: $0, limits: .standard, atLeast: wanted)
      }
      #expect(max(picture.stored.width, picture.stored.height) >= min(wanted, 15))
    }
  }

  @Test("a missing file says so, a folder is not read")
  func files() {
    #expect(throws: ImageError.unreadable(path: "/nowhere/at/all.png", code: 2)) {
      try Picture.decode(contentsOf: "/nowhere/at/all.png")
    }
    #expect(throws: ImageError.self) { try Picture.decode(contentsOf: "/") }
  }
}
