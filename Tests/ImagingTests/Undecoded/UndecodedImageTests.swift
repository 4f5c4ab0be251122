import TestRandomness
import Testing

@testable import SeedbankImaging

@Suite("An image file that is not decoded")
struct UndecodedImageTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let kind: UndecodedImage.Kind
    let bytes: [UInt8]
    var testDescription: String { kind.rawValue }
  }

  private static func number(_ value: Int, _ width: Int = 4) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func box(_ name: String, _ payload: [UInt8]) -> [UInt8] {
    number(8 + payload.count).reversed() + Array(name.utf8) + payload
  }

  private static func boxes(_ brand: String, _ other: String) -> [UInt8] {
    box("ftyp", Array((brand + "\0\0\0\0" + other).utf8)) + box("meta", [0, 0, 0, 0])
      + box("mdat", Array(1...20))
  }

  static let gif: [UInt8] =
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF]
    + [0x21, 0xF9, 4, 0, 0, 0, 0, 0]
    + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

  static let samples: [Sample] = [
    Sample(kind: .gif, bytes: gif),
    Sample(kind: .avif, bytes: boxes("avif", "mif1")),
    Sample(kind: .avif, bytes: boxes("mif1", "avif")),
    Sample(kind: .heic, bytes: boxes("heic", "mif1")),
    Sample(
      kind: .jxl,
      bytes: box("JXL ", [0x0D, 0x0A, 0x87, 0x0A]) + box("ftyp", Array("jxl \0\0\0\0jxl ".utf8))
        + box("jxlc", Array(1...20))),
    Sample(
      kind: .bmp,
      bytes: Array("BM".utf8) + number(58) + number(0) + number(54) + number(40)
        + [UInt8](repeating: 7, count: 40)),
    Sample(
      kind: .ico,
      bytes: [0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0] + number(10) + number(22)
        + [UInt8](repeating: 7, count: 10)),
    Sample(
      kind: .tiff,
      bytes: Array("II".utf8) + number(42, 2) + number(8) + number(2, 2)
        + number(273, 2) + number(4, 2) + number(1) + number(38)
        + number(279, 2) + number(3, 2) + number(1) + number(6)
        + number(0) + [1, 2, 3, 4, 5, 6]),
  ]

  @Test("is recognized when it is complete, and not if any byte is missing", arguments: samples)
  func whole(_ sample: Sample) {
    #expect(
      UndecodedImage.recognize(sample.bytes)
        == UndecodedImage(kind: sample.kind, leadingBytes: 0))
    for length in 0..<sample.bytes.count {
      #expect(UndecodedImage.recognize(Array(sample.bytes[..<length])) == nil, "\(length) bytes")
    }
  }

  @Test("is recognized with bytes after it", arguments: samples)
  func trailing(_ sample: Sample) {
    #expect(UndecodedImage.recognize(sample.bytes + [0, 0, 0])?.kind == sample.kind)
    #expect(UndecodedImage.recognize(sample.bytes + Array("\r\n".utf8))?.kind == sample.kind)
  }

  @Test("is recognized with bytes before it, if the image decodes")
  func leading() throws {
    for encoding in [ImageEncoding.png(), .jpeg(quality: 80, fullChroma: false)] {
      let file = try Scene.make(3).encoded(as: encoding)
      for junk in [Array("\r\n".utf8), [0xEF, 0xBB, 0xBF], [UInt8](repeating: 1, count: 4000)] {
        let found = try #require(UndecodedImage.recognize(junk + file))
        #expect(found.leadingBytes == junk.count)
        #expect(found.kind.rawValue == encoding.format.rawValue)
      }
      #expect(UndecodedImage.recognize(Array("\r\n".utf8) + file.dropLast(40)) == nil)
    }
  }

  @Test("is searched for in few of the images that bytes before it can contain")
  func decoys() {
    let bytes: [UInt8] = [0] + Array(repeatElement(Self.gif, count: 100).joined())
    var decoded = 0
    let found = bytes.withUnsafeBytes { bytes in
      UndecodedImage.recognize(raw: bytes, .standard) { _ in
        decoded += 1
        return false
      }
    }
    #expect(found == nil && decoded == UndecodedImage.decodedImages)
  }

  @Test("is recognized when it is larger than the limits allow")
  func large() throws {
    let file = try Scene.make(3).encoded(as: .png())
    let limits = DecodeLimits(bytes: 1 << 20, pixels: 10)
    #expect(UndecodedImage.recognize(file, limits: limits)?.kind == .png)
  }

  @Test(
    "is not a web page, JSON, or nothing",
    arguments: [
      "", "<!DOCTYPE html><html><body>Not found</body></html>", #"{"error": "no"}"#, "BM", "MM",
      "II*", "GIF89a", "\0\0\u{1}\0", "BMW is a maker of cars, and this is a text about them.",
    ])
  func notAnImage(_ text: String) {
    #expect(UndecodedImage.recognize(Array(text.utf8)) == nil)
  }

  @Test("with hostile numbers in it is refused")
  func hostile() {
    var random = SeededGenerator(seed: 9)
    for sample in Self.samples {
      for _ in 0..<500 {
        var bytes = sample.bytes
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        // Whatever format is recognized, no byte outside the file is read.
        _ = UndecodedImage.recognize(bytes)
      }
    }
  }
}
