import Testing

@testable import GatewaySimulator

@Suite("Images")
struct PictureTests {
  private func picture(_ prompt: String = "a red fox", seed: Int = 42) -> Picture {
    Picture(
      prompt: prompt, seed: seed, width: 256, height: 192, model: "seedream-3-0-t2i-250415",
      guidance: 2.5, watermark: false)
  }

  @Test("the same request is the same file, in every format and every cache")
  func sameFile() throws {
    for format in PictureFormat.allCases {
      var picture = picture()
      picture.format = format
      #expect(try ImageCache().file(picture) == ImageCache().file(picture))
    }
  }

  @Test("every scene can be repeated, and depends on prompt, seed, guidance scale and watermark")
  func differences() throws {
    for word in ["alps", "lake", "woods", "city", "silk", "paper", "lights", "quilt"] {
      let base = Painter.pixels(of: picture(word))
      #expect(base == Painter.pixels(of: picture(word)))
      #expect(visible(base, Painter.pixels(of: picture(word, seed: 43))), "seed of \(word)")
      #expect(visible(base, Painter.pixels(of: picture(word + " too"))), "prompt of \(word)")
      var guided = picture(word)
      guided.guidance = 9
      #expect(base != Painter.pixels(of: guided))
      var marked = picture(word)
      marked.watermark = true
      #expect(base != Painter.pixels(of: marked))
    }
  }

  /// Returns whether the mean difference is visible.
  private func visible(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    zip(a, b).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) } > 3 * a.count
  }

  @Test("files have the requested format")
  func formats() throws {
    var picture = picture()
    #expect(try ImageCache().file(picture).starts(with: [0xff, 0xd8, 0xff]))
    #expect(try ImageCache().file(picture).suffix(2) == [0xff, 0xd9])
    picture.format = .png
    #expect(try ImageCache().file(picture).starts(with: [0x89, 0x50, 0x4e, 0x47]))
    picture.format = .webp
    #expect(try ImageCache().file(picture)[8..<12].elementsEqual("WEBP".utf8))
  }

  @Test("drift in bytes leaves the pixels alone; drift in pixels is slight; another place is not")
  func drifts() throws {
    var drifted = picture()
    let pixels = Painter.pixels(of: drifted)
    let file = try ImageCache().file(drifted)
    drifted.salt = 5
    drifted.drift = .bytes
    #expect(Painter.pixels(of: drifted) == pixels)
    let remarked = try ImageCache().file(drifted)
    // The file has SOI, a comment, and then the rest unchanged.
    #expect(remarked != file)
    #expect(remarked.suffix(file.count - 2) == file.dropFirst(2))
    drifted.drift = .pixels
    let speckled = Painter.pixels(of: drifted)
    #expect(speckled != pixels)
    #expect(zip(speckled, pixels).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    drifted.drift = .place
    let smudged = Painter.pixels(of: drifted)
    let touched = zip(smudged, pixels).count { $0 != $1 }
    #expect(touched > 0 && touched < pixels.count / 10)
    drifted.drift = .scene
    #expect(visible(pixels, Painter.pixels(of: drifted)))
    let first = Painter.pixels(of: drifted)
    drifted.salt = 6
    #expect(first != Painter.pixels(of: drifted))
  }

  @Test("narrow, wide and tiny frames are painted", arguments: [(16, 1024), (1024, 16), (1, 1)])
  func oddFrames(width: Int, height: Int) throws {
    for word in ["alps", "lake", "woods", "city", "silk", "paper", "lights", "quilt"] {
      let picture = Picture(
        prompt: word, seed: 1, width: width, height: height, model: "m", guidance: nil,
        watermark: true)
      #expect(Painter.pixels(of: picture).count == width * height * 3)
    }
  }

  @Test("a cache is not larger than its limit")
  func bounded() throws {
    let cache = ImageCache(bound: 40_000)
    let first = try cache.file(picture(seed: 0))
    for seed in 1...20 { _ = try cache.file(picture(seed: seed)) }
    #expect(cache.remembered <= 40_000)
    #expect(try cache.file(picture(seed: 0)) == first)
  }
}
