import TestRandomness
import Testing

@testable import SeedbankImaging

/// Tests of the thresholds, with images whose difference is known: each kind of change must get its
/// verdict.
struct VerdictCalibrationTests {
  static let seeds: [UInt64] = [1, 2, 3, 5, 8, 13]

  private static func recompressed(_ pixels: Pixels, _ encoding: ImageEncoding) throws -> Pixels {
    try Picture.decode(pixels.encoded(as: encoding)).upright
  }

  private static func scene(_ seed: UInt64) -> Pixels {
    Scene.make(seed, width: 256, height: 192)
  }

  @Test("the same pixels in another file", arguments: seeds)
  func samePixels(seed: UInt64) throws {
    let scene = Self.scene(seed)
    let verdict = Verdict.compare(scene, try Self.recompressed(scene, .losslessWebP))
    #expect(verdict.kind == .identicalPixels && verdict.difference?.meanAbsoluteError == 0)
  }

  @Test("one bit of noise is not visible", arguments: seeds)
  func oneBitNoise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let scene = Self.scene(seed)
    let noisy = scene.mapped { $1 ^ UInt8(random.next() & 1) }
    let verdict = Verdict.compare(scene, noisy)
    #expect(verdict.kind == .visuallyIdentical)
  }

  @Test("a good recompression is not visible", arguments: seeds)
  func fineRecompression(seed: UInt64) throws {
    let scene = Self.scene(seed)
    let again = try Self.recompressed(scene, .jpeg(quality: 98, fullChroma: true))
    #expect(Verdict.compare(scene, again).kind == .visuallyIdentical)
  }

  @Test("recompression is the same image, slightly different", arguments: seeds)
  func recompression(seed: UInt64) throws {
    let scene = Self.scene(seed)
    for quality in [95, 75, 50] {
      let verdict = Verdict.compare(
        scene, try Self.recompressed(scene, .jpeg(quality: quality, fullChroma: true)))
      #expect(
        [.visuallyIdentical, .nearIdentical].contains(verdict.kind), "\(quality): \(verdict)")
    }
  }

  @Test("a patch and its position are found", arguments: seeds)
  func patch(seed: UInt64) throws {
    let scene = Self.scene(seed)
    let patched = scene.mapped { index, value in
      let x = index / 3 % 256
      let y = index / 3 / 256
      return (100..<112).contains(x) && (64..<76).contains(y) ? value ^ 0xA0 : value
    }
    let verdict = Verdict.compare(scene, patched)
    #expect(verdict.kind == .locallyDifferent, "\(verdict)")
    #expect(verdict.difference?.worstTile == PixelPosition(x: 96, y: 64))
  }

  @Test("a brighter image has a similar composition", arguments: seeds)
  func brightness(seed: UInt64) {
    let scene = Self.scene(seed)
    let brighter = scene.mapped { UInt8(clamping: Int($1) + 20) }
    #expect(Verdict.compare(scene, brighter).kind == .similarComposition)
  }

  @Test("another size has a similar composition, and no pixel values", arguments: seeds)
  func resized(seed: UInt64) {
    let scene = Self.scene(seed)
    let verdict = Verdict.compare(scene, scene.fitted(longSide: 128))
    #expect(verdict.kind == .similarComposition)
    #expect(verdict.difference == nil && !verdict.sameSize)
  }

  @Test("a crop is never called the same", arguments: seeds)
  func cropped(seed: UInt64) {
    let scene = Self.scene(seed)
    let crop = scene.cropped(left: 32, top: 24, width: 192, height: 144)
    #expect([.similarComposition, .different].contains(Verdict.compare(scene, crop).kind))
  }

  @Test("another seed is another image", arguments: seeds)
  func anotherSeed(seed: UInt64) {
    #expect(Verdict.compare(Self.scene(seed), Self.scene(seed + 100)).kind == .different)
  }
}
