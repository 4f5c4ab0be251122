import Testing

@testable import SeedbankImaging

struct ThumbnailTests {
  @Test(
    "the longer side has the given length, proportions stay, and no image is enlarged",
    arguments: [
      (400, 300, 100, 100, 75), (300, 400, 100, 75, 100), (90, 40, 100, 90, 40),
      (500, 2, 50, 50, 1), (5000, 20, 320, 320, 1), (20, 5000, 320, 1, 320),
    ])
  func sizes(width: Int, height: Int, side: Int, newWidth: Int, newHeight: Int) throws {
    for encoding in [ImageEncoding.jpeg(quality: 90), .png(level: 1)] {
      let file = try Scene.make(2, width: width, height: height).encoded(as: encoding)
      let thumbnail = try Thumbnail.make(of: file, longSide: side)
      #expect(thumbnail.width == newWidth && thumbnail.height == newHeight)
      let header = try ImageHeader.read(thumbnail.jpeg)
      #expect(header.width == newWidth && header.height == newHeight)
    }
  }

  @Test(
    "reduced decoding looks like a resize of the whole image",
    arguments: [(80, 160), (106, 160), (200, 320), (213, 320), (214, 640)])
  func reducedDecoding(side: Int, decoded: Int) throws {
    let file = try Scene.make(6, width: 640, height: 480).encoded(as: .jpeg(quality: 95))
    let reduced = try file.withUnsafeBytes {
      try Picture.decode(raw: $0, limits: .standard, atLeast: Thumbnail.decodedSide(for: side))
    }
    #expect(reduced.stored.width == decoded)
    let exact = try Picture.decode(file).stored.fitted(longSide: side)
    #expect(PixelDifference(reduced.stored.fitted(longSide: side), exact).meanAbsoluteError < 1)
  }

  @Test(
    "a WebP that is decoded as means of blocks looks like a resize of the whole image",
    arguments: [(50, 80), (80, 160), (106, 160), (150, 320), (213, 320), (214, 640)],
    [ImageEncoding.webp(quality: 95), .webp(quality: 60), .webp(quality: 15), .losslessWebP])
  func blocksOfWebP(sides: (thumbnail: Int, decoded: Int), encoding: ImageEncoding) throws {
    let file = try Scene.make(6, width: 640, height: 480).encoded(as: encoding)
    let reduced = try file.withUnsafeBytes {
      try Picture.decode(
        raw: $0, limits: .standard, atLeast: Thumbnail.decodedSide(for: sides.thumbnail),
        forThumbnail: sides.thumbnail)
    }
    #expect(reduced.stored.width == sides.decoded)
    let exact = try Picture.decode(file).stored.fitted(longSide: sides.thumbnail)
    let difference = PixelDifference(reduced.stored.fitted(longSide: sides.thumbnail), exact)
    #expect(difference.meanAbsoluteError < 1)
    #expect(try Thumbnail.make(of: file, longSide: sides.thumbnail).width == sides.thumbnail)
  }

  @Test(
    "a WebP whose sides are odd, or that has alpha, is decoded at full size",
    arguments: [(301, 200, false), (300, 201, false), (300, 200, true)])
  func undividedWebP(width: Int, height: Int, alpha: Bool) throws {
    let scene = Scene.make(3, width: width, height: height)
    var pixels = alpha ? scene.withAlpha().bytes : scene.bytes
    if alpha { pixels[3] = 0 }
    let image = Pixels(width: width, height: height, layout: alpha ? .rgba : .rgb, bytes: pixels)!
    let file = try image.encoded(as: .webp(quality: 90))
    let reduced = try file.withUnsafeBytes {
      try Picture.decode(raw: $0, limits: .standard, atLeast: 48, forThumbnail: 32)
    }
    #expect(reduced.stored == (try Picture.decode(file).stored))
    #expect(reduced.stored.layout == (alpha ? .rgba : .rgb))
    #expect(try Thumbnail.make(of: file, longSide: 32).width == 32)
  }

  @Test(
    "a PNG that is reduced while it is decoded has the same thumbnail",
    arguments: [
      (640, 480, 213, 2), (640, 480, 320, 1), (640, 480, 80, 5), (641, 480, 64, 1),
      (630, 630, 70, 6), (480, 4, 40, 1), (510, 1020, 101, 6), (960, 960, 10, 64),
      (512, 1024, 170, 4),
    ])
  func blocksOfPNG(width: Int, height: Int, side: Int, block: Int) throws {
    let image = Scene.make(6, width: width, height: height)
    for level in [0, 6] {
      let file = try image.encoded(as: .png(level: level))
      let reduced = try file.withUnsafeBytes {
        try Picture.decode(
          raw: $0, limits: .standard, atLeast: Thumbnail.decodedSide(for: side), forThumbnail: side)
      }
      #expect(reduced.stored.width == width / block && reduced.stored.height == height / block)
      #expect(reduced.stored.fitted(longSide: side) == image.fitted(longSide: side))
    }
  }

  @Test("a PNG with alpha is reduced after it was decoded")
  func reducedAlpha() throws {
    var bytes = Scene.make(3, width: 300, height: 200).withAlpha().bytes
    bytes[3] = 0
    let image = Pixels(width: 300, height: 200, layout: .rgba, bytes: bytes)!
    let file = try image.encoded(as: .png())
    let reduced = try file.withUnsafeBytes {
      try Picture.decode(raw: $0, limits: .standard, atLeast: 48, forThumbnail: 32)
    }
    #expect(reduced.stored == image)
  }

  @Test("an incomplete or damaged PNG has no thumbnail")
  func damagedPNG() throws {
    let file = try Scene.make(6, width: 640, height: 480).encoded(as: .png())
    #expect(throws: ImageError.truncated(.png)) {
      try Thumbnail.make(of: Array(file.dropLast(20)), longSide: 64)
    }
    var damaged = file
    damaged[file.count / 2] ^= 0xFF
    #expect(throws: ImageError.self) { try Thumbnail.make(of: damaged, longSide: 64) }
  }

  @Test("an incomplete or damaged WebP has no thumbnail")
  func damagedWebP() throws {
    for encoding in [ImageEncoding.webp(quality: 80), .losslessWebP] {
      let file = try Scene.make(6).encoded(as: encoding)
      #expect(throws: ImageError.truncated(.webp)) {
        try Thumbnail.make(of: Array(file.dropLast(40)), longSide: 16)
      }
      for position in stride(from: 12, to: file.count, by: 7) {
        var damaged = file
        damaged[position] ^= 0x55
        let isWhole = (try? Picture.decode(damaged)) != nil
        #expect(((try? Thumbnail.make(of: damaged, longSide: 16)) != nil) == isWhole)
      }
    }
  }

  @Test(
    "averaging blocks first looks like a resize of the whole image", arguments: [200, 160, 106])
  func blocks(side: Int) {
    let scene = Scene.make(8, width: 640, height: 480)
    let height = (480 * side + 320) / 640
    let exact = scene.resampledRows(height, .lanczos).resampledColumns(side, .lanczos)
    #expect(PixelDifference(scene.fitted(longSide: side), exact).meanAbsoluteError < 1)
  }

  @Test("an incomplete file has no thumbnail")
  func cut() throws {
    let file = try Scene.make(6).encoded(as: .jpeg(quality: 90))
    #expect(throws: ImageError.truncated(.jpeg)) {
      try Thumbnail.make(of: Array(file.dropLast(40)), longSide: 32)
    }
  }

  @Test("resizing keeps a flat colour exactly, with alpha too", arguments: [0, 1, 77, 254, 255])
  func flat(value: UInt8) {
    for layout in [Pixels.Layout.rgb, .rgba] {
      var bytes = [UInt8](repeating: value, count: 31 * 17 * layout.channels)
      if layout == .rgba {
        for index in stride(from: 3, to: bytes.count, by: 4) { bytes[index] = 255 }
      }
      let pixels = Pixels(width: 31, height: 17, layout: layout, bytes: bytes)!
      for filter in [ResizeFilter.area, .lanczos] {
        for (width, height) in [(7, 5), (64, 40), (1, 1), (31, 3)] {
          let small = pixels.resized(toWidth: width, height: height, filter: filter)
          #expect(small.width == width && small.height == height)
          #expect(
            small.bytes.enumerated().allSatisfy {
              $0.element == (layout == .rgba && $0.offset % 4 == 3 ? 255 : value)
            })
        }
      }
    }
  }

  @Test("halving by area is the mean of four pixels")
  func areaMean() {
    let pixels = Pixels(
      width: 2, height: 2, layout: .rgb, bytes: [0, 10, 20, 40, 50, 60, 80, 90, 100, 120, 130, 140]
    )!
    #expect(pixels.resized(toWidth: 1, height: 1, filter: .area).bytes == [60, 70, 80])
  }

  @Test("the hidden colour of transparent pixels has no effect")
  func noBleeding() {
    let pixels = Pixels(
      width: 2, height: 1, layout: .rgba, bytes: [255, 0, 0, 255, 0, 255, 0, 0])!
    let small = pixels.resized(toWidth: 1, height: 1, filter: .area)
    #expect(small.bytes[0] == 255 && small.bytes[1] == 0)
  }
}
