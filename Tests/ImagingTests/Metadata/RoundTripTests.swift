import TestRandomness
import Testing

@testable import SeedbankImaging

/// Tests that written metadata is read again and that nothing else changes.
struct RoundTripTests {
  static let kinds = [
    "jpeg", "png", "png with alpha", "webp", "webp with alpha", "lossless webp",
    "lossless webp with alpha", "progressive jpeg", "animation", "foreign jpeg", "foreign png",
    "foreign webp",
  ]

  private static func file(_ kind: String) throws -> [UInt8] {
    try #require(try MetadataFiles.all().first { $0.name == kind }).bytes
  }

  private static func write(_ copies: ProvenanceCopies, into file: [UInt8]) throws -> [UInt8] {
    try MetadataDocument(file).embedding(copies).applied(to: file)
  }

  @Test("any text is read again from any container", arguments: kinds)
  func anyText(kind: String) throws {
    var random = SeededGenerator(seed: 41)
    let file = try Self.file(kind)
    for _ in 0..<12 {
      let copies = RandomText.copies(&random)
      let written = try Self.write(copies, into: file)
      let metadata = try MetadataDocument(written).metadata
      #expect(metadata.parameters == copies.parameters)
      var expected = copies.xmp
      if expected.rating == nil, kind.hasPrefix("foreign") { expected.rating = 2 }
      #expect(metadata.xmpPacket == expected)
    }
  }

  @Test("pixels stay equal and a second write changes nothing", arguments: kinds)
  func pixelsAndSecondWrite(kind: String) throws {
    var random = SeededGenerator(seed: 42)
    let file = try Self.file(kind)
    let before = try Picture.decode(file)
    var current = file
    for size in [nil, 40_000, 100_000, nil] {
      let copies = RandomText.copies(&random, long: size)
      current = try Self.write(copies, into: current)
      #expect(try Picture.decode(current).stored == before.stored)
      #expect(try MetadataDocument(current).embedding(copies).isEmpty)
      #expect(try MetadataDocument(current).metadata.xmpPacket.record == copies.xmp.record)
    }
    // After any number of rewrites, the file is the same as if only the last one had been made.
    if !kind.hasPrefix("foreign") {
      let last = try MetadataDocument(current).metadata
      let copies = ProvenanceCopies(parameters: last.parameters, xmp: last.xmpPacket)
      #expect(try Self.write(copies, into: file) == current)
    }
  }

  @Test("a text too long for Exif in JPEG is left out with a notice, and the old one is removed")
  func longText() throws {
    var random = SeededGenerator(seed: 43)
    let long = RandomText.copies(&random, long: 100_000)
    let file = try Self.file("jpeg")
    let edit = try MetadataDocument(file).embedding(long)
    #expect(edit.omissions == [.exifTextTooLong])
    let metadata = try MetadataDocument(edit.applied(to: file)).metadata
    #expect(metadata.xmpPacket == long.xmp && metadata.parameters == nil)
    #expect(metadata.extendedXMP != nil)

    let older = try Self.write(RandomText.copies(&random), into: file)
    let newer = try Self.write(long, into: older)
    #expect(try MetadataDocument(newer).metadata.parameters == nil)
    for kind in ["png", "webp"] {
      let written = try Self.write(long, into: Self.file(kind))
      #expect(try MetadataDocument(written).metadata.parameters == long.parameters)
    }
  }

  @Test(
    "metadata of other programs is kept",
    arguments: ["foreign jpeg", "foreign png", "foreign webp"])
  func foreign(kind: String) throws {
    var random = SeededGenerator(seed: 44)
    let file = try Self.file(kind)
    for size in [nil, 90_000] {
      let written = try Self.write(RandomText.copies(&random, long: size), into: file)
      let document = try MetadataDocument(written)
      let properties = XMPProperty.all(in: document.metadata.xmp ?? "")
      #expect(properties.contains { $0.name == "City" && $0.values == ["Zürich"] })
      #expect(properties.contains { $0.name == "Headline" && $0.values == ["Kept & quoted"] })
      #expect(document.metadata.exif?.make == "ACME5")
      #expect(try ImageHeader.read(written).orientation == .turned90Clockwise)
      let marks = ["unknown to all", "a comment", "prVt", "Somebody's", "ODDS", "tIME", "8BIM"]
      for mark in marks where Self.holds(file, mark) { #expect(Self.holds(written, mark)) }
    }
  }

  private static func holds(_ bytes: [UInt8], _ text: String) -> Bool {
    bytes.withUnsafeBytes { $0.firstIndex(ofASCII: text) != nil }
  }

  @Test("the missing padding at the end of a WebP file is added once", arguments: [false, true])
  func unpadded(hasExif: Bool) throws {
    var random = SeededGenerator(seed: 46)
    let file = try MetadataFiles.unpaddedWebP(hasExif: hasExif)
    #expect(!file.count.isMultiple(of: 2))
    let before = try Picture.decode(file)
    let copies = RandomText.copies(&random)
    let written = try Self.write(copies, into: file)
    let document = try MetadataDocument(written)
    #expect(document.metadata.parameters == copies.parameters)
    #expect(document.metadata.xmpPacket == copies.xmp)
    let make: String? = hasExif ? "ACME5" : nil
    #expect(document.metadata.exif?.make == make)
    #expect(try Picture.decode(written).stored == before.stored)
    #expect(try document.embedding(copies).isEmpty)
    // The changes of an Exif block cannot be undone.
    let restored = document.undoings.map { $0.applied(to: written) }
    #expect(restored.contains(file) == !hasExif)
  }

  @Test("the pieces of an edit make the edited file")
  func pieces() throws {
    var random = SeededGenerator(seed: 45)
    for (_, file) in try MetadataFiles.all() {
      let edit = try MetadataDocument(file).embedding(RandomText.copies(&random))
      var made: [UInt8] = []
      for piece in edit.pieces {
        switch piece {
        case .original(let range): made += file[range]
        case .inserted(let bytes): made += bytes
        }
      }
      #expect(made == edit.applied(to: file))
    }
  }
}
