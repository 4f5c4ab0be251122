import TestRandomness
import Testing

@testable import SeedbankImaging

struct PerceptualHashTests {
  @Test("hashes are the same on every computer and in every version")
  func pinned() {
    var random = SeededGenerator(seed: 31)
    let noise = (0..<9 * 7 * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
    let pattern = Pixels(width: 9, height: 7, layout: .rgb, bytes: noise)!
    #expect(PerceptualHash(pattern).rawValue == 15_977_285_873_512_218_735)
    let larger = pattern.resized(toWidth: 61, height: 47, filter: .area)
    #expect(PerceptualHash(larger).rawValue == 15_977_268_281_326_175_598)
  }

  @Test("recompression, another format and another size change few bits", arguments: 1...6)
  func robust(seed: Int) throws {
    let scene = Scene.make(UInt64(seed), width: 256, height: 192)
    let hash = PerceptualHash(scene)
    let variants = [
      try Picture.decode(scene.encoded(as: .jpeg(quality: 60))).upright,
      try Picture.decode(scene.encoded(as: .webp(quality: 60))).upright,
      scene.fitted(longSide: 100), scene.resized(toWidth: 512, height: 384),
      scene.mapped { UInt8(clamping: Int($1) + 12) },
    ]
    for variant in variants { #expect(PerceptualHash(variant).distance(to: hash) <= 6) }
  }

  @Test("a JPEG decoded at a reduced size has a similar hash", arguments: 1...6)
  func reduced(seed: Int) throws {
    for (width, height) in [(1024, 768), (640, 1000), (333, 517)] {
      let file = try Scene.make(UInt64(seed), width: width, height: height)
        .encoded(as: .jpeg(quality: 85))
      let whole = try Picture.decode(file)
      let reduced = try Picture.decode(file, atLeast: PerceptualHash.sufficientSide)
      #expect(reduced.stored.width < width && reduced.header == whole.header)
      #expect(reduced.perceptualHash.distance(to: whole.perceptualHash) <= 2)
      #expect(throws: ImageError.truncated(.jpeg)) {
        try Picture.decode(Array(file.dropLast(40)), atLeast: PerceptualHash.sufficientSide)
      }
    }
  }

  @Test(
    "a JPEG with very different sides has the hash of the whole image",
    arguments: [(5000, 20), (2100, 150), (20, 5000)])
  func elongated(width: Int, height: Int) throws {
    let file = try Scene.make(4, width: width, height: height).encoded(as: .jpeg(quality: 85))
    let whole = try Picture.decode(file).perceptualHash
    let reduced = try Picture.decode(file, atLeast: PerceptualHash.sufficientSide).perceptualHash
    #expect(reduced.distance(to: whole) <= 2)
  }

  @Test("different scenes differ in many bits")
  func unrelated() {
    let hashes = (1...12).map { PerceptualHash(Scene.make(UInt64($0))) }
    for a in hashes.indices {
      for b in hashes.indices where a < b { #expect(hashes[a].distance(to: hashes[b]) > 10) }
    }
  }

  @Test("a single colour has no features", arguments: [0, 128, 255])
  func featureless(value: UInt8) {
    for side in [1, 5, 40] {
      let flat = Pixels(
        width: side, height: side, layout: .rgb,
        bytes: [UInt8](repeating: value, count: side * side * 3))!
      #expect(PerceptualHash(flat).isFeatureless)
    }
  }

  @Test("the grid is the exact area mean, also of images smaller than itself")
  func grid() {
    let scene = Scene.make(3, width: 64, height: 96)
    let cell = LumaGrid(scene).cells[5 * 32 + 7]
    var sum = 0
    for y in 15..<18 {
      for x in 14..<16 {
        let pixel = scene.pixel(x, y).map(Int.init)
        sum += 19595 * pixel[0] + 38470 * pixel[1] + 7471 * pixel[2]
      }
    }
    #expect(cell == Int64((sum + 3) / 6))
    let tiny = Pixels(width: 2, height: 1, layout: .rgb, bytes: [0, 0, 0, 255, 255, 255])!
    #expect(LumaGrid(tiny).cells[15] == 0 && LumaGrid(tiny).cells[16] == 255 << 16)
  }

  @Test(
    "every cell of the grid is the exact mean of its area",
    arguments: [(1, 1), (2, 70), (31, 33), (64, 32), (97, 50)])
  func wholeGrid(width: Int, height: Int) {
    let scene = Scene.make(7, width: width, height: height)
    let cells = LumaGrid(scene).cells
    func overlap(_ cell: Int, _ position: Int, _ length: Int) -> Int {
      max(0, min((cell + 1) * length, (position + 1) * 32) - max(cell * length, position * 32))
    }
    for row in 0..<32 {
      for column in 0..<32 {
        var sum = 0
        for y in 0..<height where overlap(row, y, height) > 0 {
          for x in 0..<width where overlap(column, x, width) > 0 {
            let pixel = scene.pixel(x, y).map(Int.init)
            let luma = 19595 * pixel[0] + 38470 * pixel[1] + 7471 * pixel[2]
            sum += luma * overlap(column, x, width) * overlap(row, y, height)
          }
        }
        let area = width * height
        #expect(cells[row * 32 + column] == Int64((sum + area / 2) / area))
      }
    }
  }
}
