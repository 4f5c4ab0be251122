import FilePaths
import Foundation
import TestRandomness
import Testing

@testable import SeedbankImaging

@Suite("GIF, AVIF, HEIC and JPEG XL")
struct OptionalFormatTests {
  private static func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures")
    return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  private static let names = [
    "picture.gif", "interlaced.gif", "picture.avif", "picture.heic", "picture.jxl",
  ]

  @Test(
    "an image of each format is recognized by its bytes and decodes to the same image",
    arguments: names)
  func decoding(name: String) throws {
    let bytes = try Self.fixture(name)
    let format = try #require(ImageFormat(sniffing: Array(bytes.prefix(64))))
    #expect(name.hasSuffix("." + format.rawValue))
    let picture = try Picture.decode(bytes)
    #expect(picture.header.width == 40 && picture.header.height == 24)
    let original = try Picture.decode(Self.fixture("picture.png")).upright
    var difference = 0
    let channels = picture.upright.layout.channels
    for index in 0..<40 * 24 {
      for channel in 0..<3 {
        difference += abs(
          Int(picture.upright.bytes[index * channels + channel])
            - Int(original.bytes[index * 3 + channel]))
      }
    }
    #expect(difference / (40 * 24 * 3) < 12, "mean error per sample")
    let thumbnail = try Thumbnail.make(of: bytes, longSide: 20, quality: 80)
    #expect(try Picture.decode(thumbnail.jpeg).header.width == 20)
  }

  @Test(
    "premultiplied colours are divided by alpha",
    arguments: ["premultiplied.avif", "premultiplied.jxl"])
  func premultiplied(name: String) throws {
    let pixels = try Picture.decode(Self.fixture(name)).upright
    let original = try Picture.decode(Self.fixture("picture.png")).upright
    #expect(pixels.layout == .rgba && pixels.width == 40 && pixels.height == 24)
    var difference = 0
    var count = 0
    // Small alpha leaves too few values of a colour.
    for index in 0..<40 * 24 where pixels.bytes[4 * index + 3] > 32 {
      for channel in 0..<3 {
        difference += abs(
          Int(pixels.bytes[4 * index + channel]) - Int(original.bytes[3 * index + channel]))
        count += 1
      }
    }
    #expect(count > 2000)
    #expect(difference < 8 * count, "mean error per sample")
  }

  @Test("a lossy JPEG XL with another colour profile is converted to sRGB")
  func convertedToSRGB() throws {
    let pixels = try Picture.decode(Self.fixture("table-curve.jxl")).upright
    // The means of the image after a conversion from its profile to sRGB by Little CMS.
    for (channel, expected) in [148, 146, 129].enumerated() {
      let sum = stride(from: channel, to: pixels.bytes.count, by: 3)
        .reduce(0) { $0 + Int(pixels.bytes[$1]) }
      #expect(abs(sum / (40 * 24) - expected) <= 10)
    }
  }

  @Test("a sequence of images in AVIF or HEIC is an animation")
  func sequence() throws {
    #expect(try ImageHeader.read(Self.fixture("sequence.avif")).isAnimated)
    #expect(try !ImageHeader.read(Self.fixture("picture.avif")).isAnimated)
    #expect(try !ImageHeader.read(Self.fixture("picture.heic")).isAnimated)
    for (brand, isSequence) in [("hevc", true), ("msf1", true), ("heic", false), ("mif1", false)] {
      let start = Array("\0\0\0\u{10}ftyp\(brand)".utf8)
      #expect(start.withUnsafeBytes { HEIFBrand.isSequence($0) } == isSequence)
    }
  }

  @Test(
    "Exif and XMP are read, and written nowhere",
    arguments: ["picture.avif", "picture.heic", "picture.jxl"])
  func metadata(name: String) throws {
    let document = try MetadataDocument(Self.fixture(name))
    #expect(document.metadata.parameters?.hasPrefix("a duck\nNegative prompt: blur") == true)
    #expect(document.metadata.xmpPacket.subjects == ["animals"])
    #expect(throws: MetadataError.notWritable(document.format)) {
      try document.embedding(ProvenanceCopies(parameters: "x", xmp: XMPPacket()))
    }
  }

  @Test("comments and XMP of a GIF are read")
  func gifMetadata() throws {
    let metadata = try MetadataDocument(Self.fixture("picture.gif")).metadata
    #expect(metadata.comments.first?.hasPrefix("a duck\n") == true)
    #expect(metadata.xmpPacket.subjects == ["animals"])
  }

  @Test("a file that is cut anywhere fails as one, and never crashes", arguments: names)
  func cut(name: String) throws {
    let bytes = try Self.fixture(name)
    for length in stride(from: 12, to: bytes.count / 2, by: max(1, bytes.count / 60)) {
      #expect(throws: ImageError.self) { try Picture.decode(Array(bytes.prefix(length))) }
      _ = try? MetadataDocument(Array(bytes.prefix(length)))
    }
  }

  @Test("damaged bytes never crash", arguments: names)
  func damaged(name: String) throws {
    let bytes = try Self.fixture(name)
    var random = SeededGenerator(seed: 7)
    for _ in 0..<150 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = Int.random(in: 0..<damaged.count, using: &random)
        damaged[place] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? Picture.decode(damaged, limits: DecodeLimits(bytes: 1 << 20, pixels: 1 << 20))
      _ = try? MetadataDocument(damaged)
    }
  }

  @Test("more pixels than allowed are refused before any is decoded", arguments: names)
  func limits(name: String) throws {
    let bytes = try Self.fixture(name)
    #expect(throws: ImageError.tooManyPixels(width: 40, height: 24, limit: 100)) {
      try Picture.decode(bytes, limits: DecodeLimits(bytes: 1 << 20, pixels: 100))
    }
  }
}
