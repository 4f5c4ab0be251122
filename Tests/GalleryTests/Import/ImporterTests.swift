import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Synchronization
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Importing folders")
struct ImporterTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("import-\(UUID().uuidString)").path

  private func library() throws -> Library {
    try Library.open(LibraryFolder(path: folder + "/library"), for: .creating)
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    let path = folder + "/in/" + name
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  private func run(
    _ library: Library, link: ImageBatch.Link? = nil, isDryRun: Bool = false, seed: UInt64 = 1,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) async throws -> ImportReport {
    var random = SeededGenerator(seed: seed)
    let options = ImportOptions(
      paths: [FilePath(folder + "/in")], tags: [TagName("from/outside")].compactMap { $0 },
      link: link)
    let target: Importer.Target = isDryRun ? .rehearsal(library) : .library(library)
    return try await Importer(into: target, options: options, isStopped: isStopped)
      .run(at: Timestamp(milliseconds: 1_760_000_000_000), using: &random)
  }

  private func picture(_ seed: Int) throws -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(seed))
    let samples = (0..<24 * 16 * 4).map { index in
      index % 4 == 3 ? 255 : UInt8.random(in: 0...255, using: &random)
    }
    let pixels = try #require(Pixels(width: 24, height: 16, layout: .rgba, bytes: samples))
    return try pixels.encoded(as: .png())
  }

  private func picture(_ seed: Int, parameters: String) throws -> [UInt8] {
    let bytes = try picture(seed)
    let copies = ProvenanceCopies(parameters: parameters, xmp: XMPPacket())
    return try MetadataDocument(bytes).embedding(copies).applied(to: bytes)
  }

  @Test("new images are imported with their metadata, and a second import adds nothing")
  func folderOfImages() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let words = "a duck\nNegative prompt: blur\nSteps: 15, CFG scale: 5, Seed: 42, Model: m"
    try write(picture(1, parameters: words), "a/duck.png")
    try write(picture(2), "b/plain.png")
    try write(picture(2), "b/the same again.png")
    try write(Array("notes".utf8), "b/readme.txt")
    try write(Array(picture(3).dropLast(30)), "cut.png")
    let library = try library()

    let rehearsal = try await run(library, isDryRun: true)
    #expect(rehearsal.new == 2)
    #expect(try library.newest(offset: 0) == nil)

    let report = try await run(library)
    #expect(report.new == 2)
    #expect(report.duplicates == 1)
    #expect(report.otherFiles == 1)
    #expect(report.tools == ["a1111": 1, "none": 1])
    #expect(report.problems.map(\.path) == [FilePath(folder + "/in/cut.png")])

    let generations = try library.generations(report.imported)
    let duck = try #require(generations.first { $0.parameters.seed == 42 })
    #expect(duck.prompt == "a duck")
    #expect(duck.parameters.guidanceScale == 5)
    #expect(duck.parameters.model == "m")
    #expect(duck.tags == ["from/outside"])
    #expect(duck.status == .complete)
    #expect(duck.provenance?.tool == "a1111")
    #expect(duck.provenance?.settings.contains(#""negative_prompt":"blur""#) == true)
    let plain = try #require(generations.first { $0.prompt.isEmpty })
    #expect(plain.parameters.seed == nil)
    #expect(plain.provenance == nil)
    for generation in generations {
      let image = try #require(generation.images.first)
      let path = library.folder.absolutePath(of: image)
      #expect(ImageStore.digest(ofFileAt: path) == image.digest)
    }

    let again = try await run(library)
    #expect(again.new == 0)
    #expect(again.duplicates == 3)
  }

  @Test("a hard link needs no copy, and the original stays in its place")
  func hardLink() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(picture(4), "one.png")
    let library = try library()
    let report = try await run(library, link: .hard)
    let generation = try #require(try library.generations(report.imported).first)
    let image = try #require(generation.images.first)
    func inode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }
    #expect(
      try inode(library.folder.absolutePath(of: image).text) == inode(folder + "/in/one.png"))
  }

  @Test(
    "a symbolic link leaves the original in its place, and a deleted original is reported as missing"
  )
  func reference() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(picture(5), "one.png")
    let library = try library()
    let report = try await run(library, link: .symlink)
    let generation = try #require(try library.generations(report.imported).first)
    let image = try #require(generation.images.first)
    let path = library.folder.absolutePath(of: image).text
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: path) == folder + "/in/one.png")
    #expect(try library.check().isSound)
    let backup = folder + "/backup"
    #expect(try library.backup(to: FilePath(backup)).linked == 1)
    try FileManager.default.removeItem(atPath: folder + "/in/one.png")
    #expect(try !library.check().isSound)
    #expect(
      try Library.open(LibraryFolder(path: backup), for: .reading).check().isSound,
      "a backup holds the file itself")
  }

  @Test("a library restored from a dump gets its files from their folder")
  func returnedFiles() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for index in 0..<3 { try write(picture(40 + index), "\(index).png") }
    let library = try library()
    let first = try await run(library)
    try FileManager.default.removeItem(atPath: library.folder.images.text)
    var random = SeededGenerator(seed: 9)
    _ = try library.repair(
      library.check().faults, at: Timestamp(milliseconds: 1_760_000_000_000), using: &random
    ) { _ in .undecodable(reason: "") }
    #expect(
      try library.generations(first.imported).allSatisfy { $0.images[0].missingSince != nil })
    let again = try await run(library, seed: 2)
    #expect(again.new == 0 && again.returned == 3)
    #expect(try library.check().isSound)
  }

  @Test("no link is created to a file that changed since it was read")
  func changedBeforeLinking() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(picture(6), "one.png")
    let path = folder + "/in/one.png"
    let identity = try #require(FileIdentity(path: FilePath(path)))
    let digest = try #require(ImageStore.digest(ofFileAt: FilePath(path)))
    try FileManager.default.removeItem(atPath: path)
    try write(picture(7), "one.png")
    let library = try library()
    for link in ImageBatch.Link.allCases where link != .reflink {
      var batch = library.imageBatch()
      #expect(
        try !batch.link(
          FilePath(path), identity, by: link, digest: digest, format: "png"))
    }
    #expect(try library.check().isSound)
  }

  @Test("A file that grows while it is read is noticed")
  func growing() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let picture = try picture(8)
    try write(picture + [UInt8](repeating: 0, count: 1 << 25), "growing.png")
    let path = folder + "/in/growing.png"
    let file = try #require(FileHandle(forWritingAtPath: path))
    _ = try file.seekToEnd()
    let isDone = Mutex(false)
    let writer = Thread {
      while !isDone.withLock({ $0 }) { try? file.write(contentsOf: Data([0])) }
    }
    writer.start()
    defer { isDone.withLock { $0 = true } }
    // On a busy machine, the writer may not run during a read, so the read is repeated.
    let end = ContinuousClock.now + .seconds(60)
    var failure: ImportedFile.Failure?
    while failure == nil, ContinuousClock.now < end {
      do throws(ImportedFile.Failure) {
        _ = try ImportedFile.read(FilePath(path), limit: 1 << 30)
      } catch {
        failure = error
      }
    }
    #expect(failure == .changed)
  }

  @Test("files of any size that are not images are skipped by their first bytes")
  func otherFiles() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write([], "model.safetensors")
    #expect(truncate(folder + "/in/model.safetensors", 1 << 33) == 0)
    try write(Array("no picture".utf8), "page.png")
    let report = try await run(try library())
    #expect(report.otherFiles == 1 && report.new == 0)
    #expect(report.problems.map(\.kind) == [.notAnImage(nil)])
  }

  @Test("a stopped import reports the remaining files, and the next run continues there")
  func stopped() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for index in 0..<70 { try write(picture(100 + index), "\(index).png") }
    let library = try library()
    let asked = Mutex(0)
    let first = try await run(library) {
      asked.withLock {
        $0 += 1
        return $0 > 1
      }
    }
    #expect(first.new == 64 && first.filesLeft == 6)
    let second = try await run(library, seed: 2)
    #expect(second.new == 6 && second.duplicates == 64 && second.filesLeft == 0)
  }

  @Test("a Seedbank record is restored, with the bytes before it was embedded")
  func ownRecord() async throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (index, encoding) in [
      ImageEncoding.png(), .jpeg(quality: 90), .webp(quality: 80), .losslessWebP,
    ].enumerated() {
      let png = try Picture.decode(picture(10 + index))
      let original = try png.stored.encoded(as: encoding)
      var record = GenerationRecord(prompt: "a heron, 鷺 \(index)")
      var random = SeededGenerator(seed: UInt64(index))
      record.uid = UID(at: Timestamp(milliseconds: 1_750_000_000_000), using: &random)
      record.status = .complete
      record.rating = 4
      record.tags = ["birds"].compactMap { TagName($0) }
      record.images = [
        ImageRecord(
          position: 2, digest: Digest(of: original), path: nil, width: 24, height: 16,
          bytes: Int64(original.count), format: "png")
      ]
      let packet = XMPPacket(description: record.prompt, record: record.json)
      let copies = ProvenanceCopies(parameters: "Steps: 1", xmp: packet)
      let edited = try MetadataDocument(original).embedding(copies).applied(to: original)
      #expect(edited != original)
      try write(edited, "\(index).img")
    }
    let library = try library()
    // Data of the file that is not in the original's bytes cannot be linked, so these files are
    // copied.
    let report = try await run(library, link: .hard)
    let faults = try library.check().faults
    #expect(faults.isEmpty, "\(faults)")
    #expect(report.records == 4)
    #expect(report.new == 4)
    for offset in 0..<4 {
      let id = try #require(try library.newest(offset: offset))
      let generation = try #require(try library.generation(id))
      #expect(generation.prompt.hasPrefix("a heron, 鷺"))
      #expect(generation.rating == 4)
      #expect(generation.tags == ["birds", "from/outside"])
      let image = try #require(generation.images.first)
      #expect(image.position == 2)
      #expect(image.missingSince == nil)
      let bytes = try Data(
        contentsOf: URL(fileURLWithPath: library.folder.absolutePath(of: image).text))
      #expect(try MetadataDocument(Array(bytes)).containsMetadata() == false)
    }
  }
}
