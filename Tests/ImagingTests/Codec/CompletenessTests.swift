import TestRandomness
import Testing

@testable import SeedbankImaging

/// Only a file that decodes to its end counts as complete.
struct CompletenessTests {
  static let kinds: [ImageEncoding] = [
    .jpeg(quality: 85), .png(), .webp(quality: 80), .losslessWebP,
  ]

  @Test("a file cut at any byte is refused", arguments: kinds)
  func cutAnywhere(encoding: ImageEncoding) throws {
    let file = try Scene.make(11, width: 48, height: 40).encoded(as: encoding)
    #expect(throws: Never.self) { try Picture.decode(file) }
    for length in 0..<file.count {
      #expect(throws: ImageError.self, "cut to \(length) of \(file.count)") {
        try Picture.decode(Array(file.prefix(length)))
      }
    }
  }

  @Test("a progressive JPEG and an animation cut at any byte are refused")
  func cutOthers() {
    for file in [Fixtures.progressiveJPEG, Fixtures.greyJPEG, Fixtures.animatedWebP] {
      for length in 0..<file.count {
        #expect(throws: ImageError.self, "cut to \(length) of \(file.count)") {
          try Picture.decode(Array(file.prefix(length)))
        }
      }
    }
  }

  @Test("a cut JPEG that was given an end marker is truncated")
  func fakedEnd() throws {
    let file = try Scene.make(12, width: 64, height: 64).encoded(as: .jpeg(quality: 90))
    let faked = Array(file.prefix(file.count * 2 / 3)) + [0xFF, 0xD9]
    #expect(throws: ImageError.truncated(.jpeg)) { try Picture.decode(faked) }
  }

  @Test("bytes after the end are ignored", arguments: kinds)
  func trailingBytes(encoding: ImageEncoding) throws {
    let file = try Scene.make(13, width: 20, height: 20).encoded(as: encoding)
    let longer = try Picture.decode(file + [1, 2, 3, 4, 5])
    #expect(longer.stored == (try Picture.decode(file)).stored)
  }

  @Test("changed bytes never crash a decoder", arguments: 0..<8)
  func mutations(number: Int) throws {
    var random = SeededGenerator(seed: 14)
    let encoded = try Self.kinds.map { try Scene.make(14, width: 24, height: 24).encoded(as: $0) }
    let others = [
      Fixtures.progressiveJPEG, Fixtures.cmykJPEG, Fixtures.greyJPEG, Fixtures.animatedWebP,
    ]
    let file = (encoded + others)[number]
    for _ in 0..<200 {
      var changed = file
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      let limits = DecodeLimits(bytes: 1 << 20, pixels: 1 << 20)
      _ = try? Picture.decode(changed, limits: limits)
      _ = try? ImageHeader.read(changed)
      _ = try? ColorProfile.read(changed)
      _ = try? Thumbnail.make(of: changed, longSide: 16, limits: limits)
    }
  }

  @Test(
    "the damaged samples are refused, the others decode",
    .enabled(if: Samples.areThere, Samples.reason))
  func samples() throws {
    for name in Samples.all {
      let bytes = try Samples.bytes(name)
      if name.contains("empty_file") {
        #expect(throws: ImageError.notAnImage) { try Picture.decode(bytes) }
      } else {
        #expect(throws: Never.self, "\(name)") { try Picture.decode(bytes) }
      }
    }
  }
}
