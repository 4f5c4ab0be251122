import FilePaths
import Foundation
import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)

/// Replaces a decoder: files of this test are valid unless their text says that they are broken.
@Sendable private func inspect(_ path: FilePath) -> ImageInspection {
  let text = (try? String(contentsOfFile: path.text, encoding: .utf8)) ?? ""
  return text.hasPrefix("broken")
    ? .undecodable(reason: "no picture")
    : .sound(format: "png", width: 512, height: 512, perceptualHash: 9)
}

extension Library {
  fileprivate func faults(deep: Bool = false) throws -> [Fault] {
    try check(deep ? .deep(resuming: false, inspect: inspect) : .shallow).faults
  }

  @discardableResult
  fileprivate func repair(_ faults: [Fault]) throws -> RepairReport {
    var random = SeededGenerator(seed: 99)
    return try repair(faults, at: noon, using: &random, inspect: inspect)
  }

  fileprivate func image(_ id: GenerationID) throws -> CataloguedImage {
    try #require(try generation(id)?.images.first)
  }

  fileprivate func run(_ sql: String) throws {
    try queue.inDatabase { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      try database.execute(sql: sql)
      try database.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF")
    }
  }
}

/// Kinds of damage to one file of a library, and the fault that a check must report.
enum Damage: CaseIterable {
  case removed, truncated, flipped, swapped, extra, foreign, download, thumbnail

  func inflict(on home: TemporaryLibrary, _ image: CataloguedImage, _ other: CataloguedImage) throws
    -> Fault
  {
    let files = FileManager.default
    let root = home.folder.path.text
    let path = root + "/" + image.relativePath
    let bytes = try #require(files.contents(atPath: path))
    func put(_ data: Data, at path: String) throws {
      let folder = (path as NSString).deletingLastPathComponent
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try? files.removeItem(atPath: path)
      #expect(files.createFile(atPath: path, contents: data))
    }
    switch self {
    case .removed:
      try files.removeItem(atPath: path)
      return .fileMissing(path: image.relativePath, [GenerationID(1)])
    case .truncated:
      try put(bytes.dropLast(), at: path)
      return .wrongLength(
        path: image.relativePath, recorded: image.bytes, found: image.bytes - 1)
    case .flipped:
      var changed = bytes
      changed[0] ^= 1
      try put(changed, at: path)
      return .wrongBytes(path: image.relativePath, found: Digest(of: changed))
    case .swapped:
      try put(#require(files.contents(atPath: root + "/" + other.relativePath)), at: path)
      return .wrongBytes(path: image.relativePath, found: other.digest)
    case .extra:
      let digest = Digest(of: "extra".utf8)
      let name = LibraryFolder.relativePath(of: digest, format: "png")
      try put(Data("extra".utf8), at: root + "/" + name)
      return .orphan(path: name)
    case .foreign:
      try put(Data(), at: root + "/images/ab/notes.txt")
      return .foreignFile(path: "images/ab/notes.txt")
    case .download:
      try put(Data(), at: root + "/incoming/left-over")
      return .orphanDownload(path: "incoming/left-over")
    case .thumbnail:
      try put(Data(), at: root + "/thumbnails/ab/abcdef.jpg")
      return .orphanThumbnail(path: "thumbnails/ab/abcdef.jpg")
    }
  }
}

@Suite("Checking a library") struct CheckTests {
  @Test("an unchanged library has no errors, even in a deep check")
  func sound() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog"], tags: ["a"])
    try home.library.edit(.trash, on: [ids[0]], by: "ana", at: noon)
    let report = try home.library.check(.deep(resuming: false, inspect: inspect))
    #expect(report.isSound && report.inspected == 2 && report.generations == 2)
    #expect(try home.reopened(for: .reading).check().isSound)
  }

  @Test("a reply that arrived too late is not an error, because it may be paid for")
  func lateReply() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    let uid = try #require(try home.library.generation(ids[0])?.uid)
    let attempt = RequestAttempt(uid: uid, number: 1)
    let name = try home.library.images.keepLate(KeptReply(status: 200, body: []), to: attempt)
    #expect(try home.library.faults() == [])
    let incoming = home.folder.incoming.text + "/"
    try FileManager.default.moveItem(atPath: incoming + name, toPath: incoming + "\(uid)-1.reply")
    #expect(try home.library.faults() == [.orphanDownload(path: "incoming/\(uid)-1.reply")])
  }

  @Test("a file in place of a folder is named, and a repair removes that of the thumbnails")
  func fileInPlaceOfFolder() throws {
    let home = try TemporaryLibrary()
    try home.library.plant(["cat"])
    let files = FileManager.default
    for path in [home.folder.thumbnails, home.folder.incoming, home.folder.owner] {
      try? files.removeItem(atPath: path.text)
      #expect(files.createFile(atPath: path.text, contents: nil))
    }
    let faults = try home.library.faults()
    let foreign = ["incoming", "owner"].map { Fault.foreignFile(path: $0) }
    #expect(faults == [foreign[0], .orphanThumbnail(path: "thumbnails"), foreign[1]])
    let report = try home.library.repair(faults)
    #expect(report.repaired == [.orphanThumbnail(path: "thumbnails")])
    #expect(!files.fileExists(atPath: home.folder.thumbnails.text))
    #expect(try home.library.faults() == foreign)
  }

  @Test("an index whose segments FTS5 has merged in part has no errors")
  func unfinishedMerge() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 3_000)
    for start in stride(from: 1, to: 3_000, by: 500) as StrideTo<Int64> {
      let ids = (start..<start + 500).map { GenerationID($0) }
      try home.library.edit(.rate(Int(start % 5)), on: ids, by: "ann", at: noon)
    }
    // Numbers of pages; a negative one begins with a merge of all segments.
    var work = -1
    var partial = 0
    for _ in 0..<200 where partial < 3 {
      try home.library.run(
        "INSERT INTO search_index(search_index, rank) VALUES ('merge', \(work))")
      work = 1
      let outdated = try home.library.read { database in
        try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM search_index_idx WHERE (segid << 37) + (pgno >> 1) NOT IN
              (SELECT id FROM search_index_data)
            """)
      }
      guard outdated != 0 else { continue }
      partial += 1
      #expect(try home.library.faults() == [])
    }
    #expect(partial == 3)
  }

  @Test("every change of a file is found and named", arguments: Damage.allCases)
  func damagedFiles(damage: Damage) throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat", "dog"])
    let (image, other) = (try home.library.image(ids[0]), try home.library.image(ids[1]))
    let fault = try damage.inflict(on: home, image, other)
    let found = try home.library.faults(deep: true)
    #expect(found.contains(fault))
    #expect(found.count <= 2, "the same damage under two names at most: length and bytes")
    // A repair leaves no new file behind, and the report lists the faults that remain.
    let report = try home.library.repair(found)
    #expect(report.repaired.allSatisfy { $0.remedy == .repair })
    #expect(try Set(home.library.faults(deep: true)) == Set(report.left))
  }

  @Test(
    "every damage of a row is found and named",
    arguments: [
      ("DELETE FROM image WHERE generation_id = 1", "orphan"),
      ("DELETE FROM prompt WHERE id = 1", "danglingRows"),
      ("DELETE FROM generation WHERE id = 1", "danglingRows"),
      ("UPDATE generation SET status = 'sleeping' WHERE id = 1", "catalogDamaged"),
      ("UPDATE generation SET uid = x'00' WHERE id = 1", "malformedRow"),
      ("UPDATE image SET sha256 = x'00' WHERE generation_id = 1", "malformedRow"),
      ("UPDATE prompt SET hash = 1 WHERE id = 1", "promptHashWrong"),
      ("UPDATE generation SET created_at = 1 WHERE id = 2", "lateFlagWrong"),
      ("UPDATE prompt SET text = 'owl' WHERE id = 1", "indexStale"),
      ("UPDATE generation SET note = 'owl' WHERE id = 1", "indexStale"),
      ("DELETE FROM generation_tag WHERE generation_id = 1", "indexStale"),
      ("UPDATE generation SET trashed_at = 1 WHERE id = 1", "indexStale"),
      ("INSERT INTO search_index(search_index) VALUES ('delete-all')", "indexStale"),
      ("UPDATE search_state SET rules = 0", "indexStale"),
      ("UPDATE image SET phash = NULL WHERE generation_id = 1", "perceptualHashMissing"),
      ("UPDATE image SET width = 3 WHERE generation_id = 1", "wrongDescription"),
      ("UPDATE image SET bytes = 3 WHERE generation_id = 1", "wrongLength"),
      ("UPDATE image SET missing_since = 3 WHERE generation_id = 1", "fileReturned"),
    ])
  func damagedRows(sql: String, name: String) throws {
    let home = try TemporaryLibrary()
    try home.library.plant(["cat", "dog"], tags: ["a"])
    try home.library.run(sql)
    let found = try home.library.faults(deep: true)
    #expect(found.contains { "\($0)".hasPrefix(name) }, "\(found)")
    let report = try home.library.repair(found)
    #expect(found.filter { $0.remedy == .repair }.allSatisfy { report.repaired.contains($0) })
    #expect(try home.library.faults(deep: true).allSatisfy { $0.remedy != .repair })
  }

  /// Returns a complete generation that was created this number of seconds after noon.
  private func record(second: Int, _ random: inout SeededGenerator) -> GenerationRecord {
    var record = GenerationRecord(prompt: "cat \(second)")
    record.uid = UID(at: noon, using: &random)
    record.status = .complete
    record.createdAt = noon.advanced(bySeconds: Double(second))
    return record
  }

  @Test("a generation that arrived late is not an error after the later ones are erased")
  func lateAfterErasure() throws {
    let home = try TemporaryLibrary()
    var random = SeededGenerator(seed: 3)
    try home.library.restore([10, 90, 20].map { record(second: $0, &random) }, at: noon)
    try home.library.edit(.trash, on: [GenerationID(2)], by: "ana", at: noon)
    try home.library.emptyTrash(at: noon)
    #expect(try home.library.faults() == [])
    try home.library.restore([record(second: 15, &random)], at: noon)
    #expect(try home.library.faults() == [])
  }

  @Test("a generation that a merge makes earlier is not an error")
  func lateAfterMerge() throws {
    let home = try TemporaryLibrary()
    var random = SeededGenerator(seed: 4)
    var records = [50, 60].map { record(second: $0, &random) }
    try home.library.restore(records, at: noon)
    for index in records.indices {
      records[index].createdAt = noon.advanced(bySeconds: Double(10 - index))
      try home.library.restore([records[index]], at: noon)
      #expect(try home.library.faults() == [])
    }
  }

  @Test("an orphan becomes a generation tagged recovered, and a damaged one stays")
  func orphans() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    let kept = try library.plantImage("lost picture")
    let broken = try library.plantImage("broken picture")
    let found = try library.faults()
    #expect(
      Set(found) == [.orphan(path: kept.relativePath), .orphan(path: broken.relativePath)])
    let report = try library.repair(found)
    #expect(report.left == [.orphan(path: broken.relativePath)])
    let id = try #require(report.recovered.first)
    let generation = try #require(try library.generation(id))
    #expect(generation.tags == ["recovered"] && generation.images.map(\.digest) == [kept.digest])
    #expect(try library.faults() == report.left)
  }

  @Test("a file that was marked as missing and comes back is noticed")
  func returned() throws {
    let home = try TemporaryLibrary()
    let ids = try home.library.plant(["cat"])
    let image = try home.library.image(ids[0])
    let path = home.folder.absolutePath(of: image).text
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    let missing = try home.library.faults()
    try home.library.repair(missing)
    #expect(try home.library.image(ids[0]).missingSince == noon)
    try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
    let found = try home.library.faults()
    #expect(found == [.fileReturned(path: image.relativePath, ids)])
    try home.library.repair(found)
    #expect(try home.library.faults().isEmpty)
  }

  @Test("an interrupted deep check continues after its last file")
  func resuming() throws {
    let home = try TemporaryLibrary()
    try home.library.plant((0..<200).map { "cat \($0)" })
    let mark = CheckMark(home.folder)
    let cursor = try home.library.read { database in
      try #require(CataloguedFile.page(after: nil, limit: 64, in: database).last).digest
    }
    mark.set(cursor)
    let report = try home.library.check(.deep(resuming: true, inspect: inspect))
    #expect(report.inspected == 200 - 64)
    #expect(mark.digest == nil)
    #expect(try home.library.check(.deep(resuming: true, inspect: inspect)).inspected == 200)
  }

  @Test("a damaged write-ahead log is named, an intact one and its old frames are not")
  func tornLog() throws {
    let home = try TemporaryLibrary()
    try home.library.plant(["cat"])
    let log = home.folder.catalog.text + "-wal"
    #expect(try LogInspection.tear(ofLogAt: FilePath(log)) == nil)
    let whole = try #require(FileManager.default.contents(atPath: log))
    let copy = home.folder.path.text + "/torn"
    for (bytes, isTorn) in [
      (whole, false), (whole.dropLast(100), true), (whole.prefix(20), true),
      (whole.prefix(32), false), (Data(), false),
      (whole.prefix(5000) + [whole[5000] ^ 1] + whole.dropFirst(5001), true),
    ] {
      #expect(FileManager.default.createFile(atPath: copy, contents: Data(bytes)))
      #expect(
        try (LogInspection.tear(ofLogAt: FilePath(copy)) != nil) == isTorn, "\(bytes.count) bytes")
    }
  }

  @Test(
    "a quick check finds wrong totals, missing entries and missing files of the newest generations")
  func quick() throws {
    let home = try TemporaryLibrary()
    let library = home.library
    try library.plant(["cat", "dog", "owl"])
    func kinds() throws -> [String] {
      try library.check(.quick).faults.map { String("\($0)".prefix { $0 != "(" }) }
    }
    #expect(try kinds() == [])
    let image = try #require(try library.generation(GenerationID(3))?.images.first)
    try FileManager.default.removeItem(atPath: home.folder.absolutePath(of: image).text)
    #expect(try kinds() == ["fileMissing"])
    try library.write { database in
      try database.execute(sql: "UPDATE generation SET trashed_at = 1 WHERE id = 2")
    }
    #expect(try kinds() == ["indexDamaged", "fileMissing"])
    try library.write { database in
      try database.execute(sql: "UPDATE generation SET trashed_at = NULL WHERE id = 2")
      try database.execute(sql: "UPDATE search_state SET rules = 0")
    }
    #expect(try kinds() == ["indexStale", "fileMissing"])
  }

  @Test("a quick check takes as many steps in a library three times as large")
  func quickGrowth() throws {
    func instructions(_ count: Int) throws -> Int {
      let home = try TemporaryLibrary()
      try home.library.add(many: count)
      return try home.library.instructions {
        let report = try home.library.check(.quick)
        #expect(report.isSound)
      }
    }
    let (few, many) = (try instructions(1_500), try instructions(4_500))
    #expect(many <= few + 5)
  }

  @Test("a check reports how many parts of the catalog are done")
  func progress() throws {
    let home = try TemporaryLibrary()
    try home.library.add(many: 3_000)
    var counts: [Int] = []
    var totals: Set<Int> = []
    let report = try home.library.check { stage, done, total in
      #expect(stage == .catalog)
      counts.append(done)
      totals.insert(total)
    }
    #expect(report.isSound)
    #expect(totals.count == 1 && counts.last == totals.first)
    #expect(counts == counts.sorted())
  }
}
