import FilePaths
import Foundation
import Platform
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Times near the ends of the calendar")
struct DistantTimeTests {
  typealias File = ForeignFile
  private let test: TestLibrary
  private let folder: String

  init() throws {
    test = try TestLibrary()
    folder = test.root + "/in"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  /// Expects that another library takes a dump of this one.
  private func expectRestorable() throws {
    var lines: [UInt8] = []
    try test.library.dump { lines += $0 }
    let path = test.root + "/dump.jsonl"
    try Data(lines).write(to: URL(fileURLWithPath: path))
    let file = try #require(FileHandle(forReadingAtPath: path))
    let away = try TestLibrary()
    try away.library.restore(
      reading: file.fileDescriptor, path: FilePath(path),
      at: Timestamp(milliseconds: 1_795_000_000_000))
    let expected = try DumpedLibrary(test.library).generations.keys.sorted()
    #expect(try DumpedLibrary(away.library).generations.keys.sorted() == expected)
  }

  /// Writes an image with the record of a generation into the folder.
  private func writeImage(edit: (inout GenerationRecord) -> String) throws {
    let original = try File.png([])
    var random = SeededGenerator(seed: 1)
    var record = GenerationRecord(prompt: "a heron")
    record.uid = UID(at: Timestamp(milliseconds: 1_750_000_000_000), using: &random)
    record.status = .complete
    record.rating = 3
    record.images = [
      ImageRecord(
        position: 1, digest: Digest(of: original), path: nil, width: 8, height: 8,
        bytes: Int64(original.count), format: "png")
    ]
    let packet = XMPPacket(description: record.prompt, record: edit(&record))
    let copies = ProvenanceCopies(parameters: "Steps: 1", xmp: packet)
    try write(try MetadataDocument(original).embedding(copies).applied(to: original), "a.png")
  }

  @Test(
    "an image whose time a zone moves out of the calendar is imported, and its dump restored",
    arguments: [
      ("9999-12-31T23:59:59-05:00", 0), ("9999-12-31T23:59:59", -5 * 3600),
      ("0000-01-01T00:00:00", 9 * 3600),
    ] as [(String, Int64)])
  func zones(text: String, offset: Int64) async throws {
    let packet = File.xmp("<xmp:CreateDate>\(text)</xmp:CreateDate>")
    try write(try File.jpeg([File.xmpSegment(packet)]), "a.jpg")
    let report = try await test.importing(folder) { $0.utcOffset = { _ in offset } }
    #expect(report.new == 1)
    try expectRestorable()
  }

  @Test("a field that was edited at the last possible time can be edited again")
  func lastEdit() async throws {
    try writeImage { record in
      var archive = RecordArchive()
      archive.edits = [.rating: Timestamp(milliseconds: 253_402_300_799_999)]
      record.archive = archive
      return record.json
    }
    #expect(try await test.importing(folder).records == 1)
    try test.library.edit(
      .rate(1), on: test.all, by: "ana", at: Timestamp(milliseconds: 1_795_000_000_001))
    try expectRestorable()
  }

  @Test("a record with a time outside the calendar does not stop an import")
  func invalidRecord() async throws {
    try writeImage { record in
      record.createdAt = Timestamp(milliseconds: 1_750_000_000_000)
      let written = Timestamp(milliseconds: 1_750_000_000_000).description
      return record.json.replacing(written, with: "9999-12-31T23:59:59-23:59")
    }
    let report = try await test.importing(folder)
    #expect(report.new == 1 && report.records == 0 && report.problems.isEmpty)
    #expect(try test.isSound)
  }

  @Test(
    "a file of the year 2300 or 1601 is imported and exported",
    arguments: [10_413_792_000, -11_644_473_600])
  func files(seconds: Int) async throws {
    try write(try File.png([]), "a.png")
    try setTime(of: folder + "/a.png", to: seconds)
    #expect(try await test.importing(folder).new == 1)
    try expectRestorable()
    let options = test.options { $0.gallery = false }
    #expect(try await test.export(options).written == 1)
    let exported = try #require(test.contents().keys.first { $0.hasSuffix(".png") })
    try setTime(of: test.root + "/out/" + exported, to: seconds)
    #expect(try await test.export(options).kept == 1)
  }

  private func setTime(of path: String, to seconds: Int) throws {
    let times = [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: 0), count: 2)
    try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
  }
}
