import FilePaths
import Foundation
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

/// Replaces a decoder: all files are images of this size.
@Sendable private func inspect(_ path: FilePath) -> ImageInspection {
  .sound(format: "png", width: 512, height: 512, perceptualHash: 9)
}

@Suite("Repairing rows from image files") struct RepairTests {
  private let home: TemporaryLibrary
  private var library: Library { home.library }

  init() throws { home = try TemporaryLibrary() }

  private func faults() throws -> [Fault] {
    try library.check(.deep(resuming: false, inspect: inspect)).faults
  }

  private func repair(_ faults: [Fault]) throws -> RepairReport {
    var random = SeededGenerator(seed: 99)
    return try library.repair(faults, at: noon, using: &random, inspect: inspect)
  }

  /// Records a generation of unknown size.
  private func record(_ images: [CataloguedImage], seed: UInt64) throws -> GenerationID {
    var random = SeededGenerator(seed: seed)
    var draft = GenerationDraft(
      uid: UID(at: noon, using: &random), prompt: "a cat", parameters: Parameters(),
      createdAt: noon, status: .complete)
    draft.images = images
    return try library.record([draft])[0]
  }

  @Test("an image that could not be decoded at first gives its size to the generation")
  func decodedLater() throws {
    let file = try library.plantImage("late")
    func undecoded(at position: Int) -> CataloguedImage {
      CataloguedImage(
        position: position, digest: file.digest, format: "png", width: 0, height: 0,
        bytes: file.bytes, perceptualHash: nil)
    }
    let first = try record([undecoded(at: 1)], seed: 1)
    let second = try record([library.plantImage("other"), undecoded(at: 2)], seed: 2)
    let found = try faults()
    #expect(
      found == [
        .wrongDescription(path: file.relativePath, recorded: "png 0x0", found: "png 512x512")
      ])
    #expect(try repair(found).left.isEmpty)
    let parameters = try library.generation(first)?.parameters
    #expect(parameters?.width == 512 && parameters?.height == 512)
    #expect(try library.generation(second)?.parameters.width == nil)
    // The search index has the size too.
    #expect(try faults() == [])
  }

  @Test("a wrong size of an intact file is corrected", arguments: [0, 3] as [Int64])
  func wrongSize(recorded: Int64) throws {
    let ids = try library.plant(["cat"])
    let image = try #require(try library.generation(ids[0])?.images.first)
    try library.write { try $0.execute(sql: "UPDATE image SET bytes = \(recorded)") }
    let found = try faults()
    #expect(
      found == [
        .wrongLength(path: image.relativePath, recorded: recorded, found: image.bytes)
      ])
    // Without a recorded size, the file cannot be the cause.
    let remedy: Fault.Remedy = recorded == 0 ? .repair : .backup
    #expect(found.map(\.remedy) == [remedy])
    #expect(try repair(found).repaired == found)
    #expect(try library.generation(ids[0])?.images.first?.bytes == image.bytes)
    #expect(try faults() == [])
  }

  @Test("a record without the sizes of its files gets them", arguments: [false, true])
  func recordWithoutSizes(isMerged: Bool) throws {
    let image = try library.plantImage("a picture")
    let reference = try library.plantReference("a reference")
    let line = #"{"prompt":"a cat","uid":"01890000-0000-7000-8000-000000000001""#
    let files = """
      "images":[{"sha256":"\(image.digest.hex)","format":"png"}],\
      "references":[{"sha256":"\(reference.digest.hex)","format":"png"}]
      """
    if isMerged { try library.restore("\(line)}") }
    let report = try library.restore("\(line),\(files)}")
    #expect(report.added == (isMerged ? 0 : 1) && report.missingImages == 0)
    let generation = try #require(try library.generation(GenerationID(1)))
    #expect(generation.images.map(\.bytes) == [image.bytes])
    #expect(generation.references.map(\.bytes) == [reference.bytes])
    #expect(try library.check().faults == [])
  }
}
