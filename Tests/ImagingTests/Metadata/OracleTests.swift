import Foundation
import TestRandomness
import Testing

@testable import SeedbankImaging

/// Tests that read the written metadata with ExifTool, exiv2 and Pillow.
struct OracleTests {
  private static func copies() -> ProvenanceCopies {
    let prompt = "A cat 猫 قطة 👩‍🚀, \"quoted\" <b>&amp;\nsecond line"
    return ProvenanceCopies(
      parameters: prompt + "\nSteps: 20, Seed: 42",
      xmp: XMPPacket(
        description: prompt, subjects: ["portrait", "client/ACME", "猫"], rating: 4,
        creatorTool: "Seedbank", createDate: "2026-11-01T12:00:00Z",
        digitalSourceType: XMPPacket.trainedAlgorithmicMedia, aiSystemUsed: "Seedream",
        aiSystemVersionUsed: "seedream-3-0", aiPromptInformation: prompt,
        record: "{\"seed\":42}"))
  }

  private static func written(_ copies: ProvenanceCopies) throws -> [(String, [UInt8])] {
    try MetadataFiles.all().map { name, file in
      (name, try MetadataDocument(file).embedding(copies).applied(to: file))
    }
  }

  private struct Reading: Decodable {
    let description: String?
    let subject: [String]?
    let rating: Int?
    let creatorTool: String?
    let digitalSourceType: String?
    let aiSystemUsed: String?
    let aiPromptInformation: String?
    let record: String?
    let userComment: String?
    let parameters: String?
    let make: String?
    let headline: String?
    let warning: String?
    let error: String?

    enum CodingKeys: String, CodingKey {
      case description = "Description"
      case subject = "Subject"
      case rating = "Rating"
      case creatorTool = "CreatorTool"
      case digitalSourceType = "DigitalSourceType"
      case aiSystemUsed = "AISystemUsed"
      case aiPromptInformation = "AIPromptInformation"
      case record = "Record"
      case userComment = "UserComment"
      case parameters = "Parameters"
      case make = "Make"
      case headline = "Headline"
      case warning = "Warning"
      case error = "Error"
    }
  }

  private static func exiftool(_ bytes: [UInt8]) async throws -> Reading {
    try await Tool.withFile(bytes) { path in
      let json = try await Tool.run("exiftool", ["-j", "-n", "-b", path])
      return try #require(try JSONDecoder().decode([Reading].self, from: json).first)
    }
  }

  @Test(
    "ExifTool reads all three copies without a warning",
    .enabled(if: Tool.has("exiftool"), "exiftool is not installed"))
  func exiftool() async throws {
    let copies = Self.copies()
    for (name, bytes) in try Self.written(copies) {
      let reading = try await Self.exiftool(bytes)
      #expect(reading.warning == nil && reading.error == nil, "\(name)")
      #expect(reading.description == copies.xmp.description, "\(name)")
      #expect(reading.subject == copies.xmp.subjects, "\(name)")
      #expect(reading.rating == 4 && reading.creatorTool == "Seedbank", "\(name)")
      #expect(reading.digitalSourceType == XMPPacket.trainedAlgorithmicMedia, "\(name)")
      #expect(reading.aiSystemUsed == "Seedream", "\(name)")
      #expect(reading.aiPromptInformation == copies.xmp.aiPromptInformation, "\(name)")
      #expect(reading.record == copies.xmp.record, "\(name)")
      #expect((reading.parameters ?? reading.userComment) == copies.parameters, "\(name)")
      if name.hasPrefix("foreign") {
        #expect(reading.make == "ACME5" && reading.headline == "Kept & quoted", "\(name)")
      }
    }
  }

  @Test(
    "ExifTool assembles a long packet",
    .enabled(if: Tool.has("exiftool"), "exiftool is not installed"))
  func extendedXMP() async throws {
    var random = SeededGenerator(seed: 71)
    let copies = RandomText.copies(&random, long: 150_000)
    for file in [try MetadataFiles.plain(.jpeg(quality: 90)), try MetadataFiles.foreignJPEG()] {
      let bytes = try MetadataDocument(file).embedding(copies).applied(to: file)
      let reading = try await Self.exiftool(bytes)
      #expect(reading.warning == nil)
      #expect(reading.description == copies.xmp.description)
      #expect(reading.record == copies.xmp.record)
    }
  }

  @Test(
    "exiv2 reads XMP and the comment", .enabled(if: Tool.has("exiv2"), "exiv2 is not installed"))
  func exiv2() async throws {
    for (name, bytes) in try Self.written(Self.copies()) where name != "animation" {
      let output = try await Tool.withFile(bytes) { path in
        String(decoding: try await Tool.run("exiv2", ["-PXEkt", path]), as: UTF8.self)
      }
      #expect(output.contains("Xmp.dc.description"), "\(name)")
      #expect(output.contains("portrait, client/ACME, 猫"), "\(name)")
      #expect(output.contains("Xmp.xmp.Rating"), "\(name)")
      if !name.contains("png") { #expect(output.contains("Exif.Photo.UserComment"), "\(name)") }
    }
  }

  @Test(
    "ExifTool finds no metadata in a stripped file",
    .enabled(if: Tool.has("exiftool"), "exiftool is not installed"))
  func stripped() async throws {
    for (name, bytes) in try Self.written(Self.copies()) {
      let bare = try MetadataDocument(bytes).stripping().applied(to: bytes)
      let output = try await Tool.withFile(bare) { path in
        String(
          decoding: try await Tool.run("exiftool", ["-G1", "-s", "-a", "-u", path]), as: UTF8.self)
      }
      let groups = output.split(separator: "\n").filter { line in
        ["[XMP", "[ExifIFD", "[IPTC", "[Photoshop", "[IFD1"].contains { line.hasPrefix($0) }
          || (line.hasPrefix("[IFD0]") && !line.contains("Orientation"))
      }
      #expect(groups.isEmpty, "\(name): \(groups)")
    }
  }

  @Test(
    "Pillow decodes the same pixels from the edited file",
    .enabled(if: Tool.hasPillow, "python3 or Pillow is not installed"))
  func pillow() async throws {
    let script = """
      import sys, hashlib
      from PIL import Image
      print(hashlib.sha256(Image.open(sys.argv[1]).convert('RGBA').tobytes()).hexdigest())
      """
    for (name, file) in try MetadataFiles.all() {
      let bytes = try MetadataDocument(file).embedding(Self.copies()).applied(to: file)
      var digests: Set<Data> = []
      for version in [file, bytes] {
        digests.insert(
          try await Tool.withFile(version) { try await Tool.run("python3", ["-c", script, $0]) })
      }
      #expect(digests.count == 1, "\(name)")
    }
  }
}
