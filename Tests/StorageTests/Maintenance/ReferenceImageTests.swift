import FilePaths
import Foundation
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

private let now = Timestamp(milliseconds: 1_700_000_000_000)

@Suite("A reference image")
struct ReferenceImageTests {
  /// A generation that refers to an image.
  private struct Fixture {
    let home: TemporaryLibrary
    let id: GenerationID
    let reference: ReferenceImage
    var library: Library { home.library }
    var path: FilePath { home.folder.path(of: reference) }

    init() throws {
      home = try TemporaryLibrary()
      reference = try home.library.plantReference("a reference")
      var random = SeededGenerator(seed: 1)
      var draft = GenerationDraft(
        uid: UID(at: now, using: &random), prompt: "x", parameters: Parameters(),
        createdAt: now, status: .complete, requestBody: [1])
      draft.references = [reference]
      id = try home.library.record([draft])[0]
    }
  }

  @Test("is not an orphan, and is checked like every image")
  func check() throws {
    let fixture = try Fixture()
    #expect(try fixture.library.check().isSound)
    try FileManager.default.removeItem(atPath: fixture.path.text)
    let relative = LibraryFolder.relativePath(of: fixture.reference.digest, format: "png")
    let missing = Fault.fileMissing(path: relative, [fixture.id])
    var report = try fixture.library.check()
    #expect(report.faults == [missing])
    var random = SeededGenerator(seed: 2)
    _ = try fixture.library.repair(report.faults, at: now, using: &random) { _ in
      .undecodable(reason: "")
    }
    #expect(try fixture.library.generation(fixture.id)?.references.first?.missingSince != nil)
    _ = try fixture.library.plantReference("a reference")
    report = try fixture.library.check()
    #expect(report.faults == [.fileReturned(path: relative, [fixture.id])])
  }

  @Test("a reference image is part of a backup")
  func backup() throws {
    let fixture = try Fixture()
    let target = TemporaryFolder.new()
    defer { try? FileManager.default.removeItem(atPath: target.path.text) }
    #expect(try fixture.library.backup(to: target.path, link: .copy).copied == 1)
    #expect(FileManager.default.fileExists(atPath: target.path(of: fixture.reference).text))
  }

  @Test("stays if one of two generations that need it is removed, and is removed with the last one")
  func trash() throws {
    let fixture = try Fixture()
    // The reference of one generation is the image of another generation.
    let other = try fixture.library.plant(["y"], seed: 2)[0]
    let image = try fixture.library.plantImage("a reference", position: 2)
    try fixture.library.add(image, to: other)
    func remove(_ id: GenerationID) throws -> TrashPlan {
      try fixture.library.edit(.trash, on: [id], by: "ann", at: now)
      return try fixture.library.emptyTrash(at: now)
    }
    #expect(try remove(other).files == 1)
    #expect(FileManager.default.fileExists(atPath: fixture.path.text))
    #expect(try remove(fixture.id).files == 1)
    #expect(!FileManager.default.fileExists(atPath: fixture.path.text))
  }

  @Test("is found by its digest, by a generation that has it as an image, and by a file")
  func search() throws {
    let fixture = try Fixture()
    let maker = try fixture.library.plant(["maker"], seed: 2)[0]
    try fixture.library.add(fixture.library.plantImage("a reference", position: 2), to: maker)
    func found(_ text: String) throws -> [GenerationID] {
      let query = try fixture.library.resolved(
        Query.parse(text).query,
        named: { try fixture.library.resolve(Reference($0)).generation },
        similar: { _ in [GenerationID]() },
        file: { try #require(ImageStore.digest(ofFileAt: $0)) })
      return try fixture.library.ids(
        SearchRequest(query, at: LocalTime(now: now) { _ in 0 }))
    }
    let digits = fixture.reference.digest.hex.prefix(12)
    #expect(try found("reference:sha256:\(digits)") == [fixture.id])
    #expect(try found("reference:\(maker)") == [fixture.id])
    #expect(try found("reference:\(maker).2") == [fixture.id])
    #expect(try found("reference:\(maker).1").isEmpty)
    #expect(try found("reference:\(fixture.path)") == [fixture.id])
    #expect(throws: SearchError.self) {
      try fixture.library.resolved(
        Query.parse("reference:/etc/hostname").query, named: { _ in maker },
        similar: { _ in [GenerationID]() })
    }
  }
}
