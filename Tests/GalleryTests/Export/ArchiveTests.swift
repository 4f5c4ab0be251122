import FilePaths
import Foundation
import Platform
import SeedbankModel
import Testing

@testable import SeedbankGallery

@Suite("Archives") struct ArchiveTests {
  @Test(
    "an archive has the content of the folder, passes unzip, and is the same each time",
    .enabled(if: TestLibrary.has("unzip"), "unzip is not installed"))
  func sameContent() async throws {
    let test = try TestLibrary()
    try test.add("一只猫 👩‍👩‍👧‍👦", seed: 1, tags: ["x/y"])
    try test.add("two", seed: 2, images: 2, encoding: .webp(quality: 80))
    func options(_ destination: ExportOptions.Destination) -> ExportOptions {
      test.options { $0.destination = destination }
    }
    _ = try await test.export(test.options())
    let archive = test.root + "/out.zip"
    let report = try await test.export(options(.archive(FilePath(archive))))
    #expect(report.written == 3)
    let first = FileManager.default.contents(atPath: archive)
    _ = try await test.export(options(.archive(FilePath(archive))))
    #expect(FileManager.default.contents(atPath: archive) == first)
    let check = try await TestLibrary.run("unzip", ["-t", archive])
    #expect(check.status == 0, "\(check.output)")
    _ = try await TestLibrary.run("unzip", ["-q", archive, "-d", test.root + "/unzipped"])
    var folder = test.contents()
    folder[ExportLayout.record] = nil
    #expect(test.contents("unzipped") == folder)
    let left = try FileManager.default.contentsOfDirectory(atPath: test.root)
    #expect(left.sorted() == ["library", "out", "out.zip", "unzipped"])
  }

  @Test("an existing file that is not an export is kept")
  func foreign() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    let path = test.root + "/mine.zip"
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
    await #expect(throws: ExportError.foreignFile(path: FilePath(path))) {
      try await test.export(test.options { $0.destination = .archive(FilePath(path)) })
    }
    #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
  }

  @Test("a download of the same name is kept, and the rest of an interrupted export is removed")
  func unfinished() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    let path = test.root + "/client.zip"
    let (download, draft) = (path + ".part", test.root + "/.client.zip.seedbank-export.part")
    let start = Data([0x50, 0x4B, 3, 4])
    for file in [download, draft] { try start.write(to: URL(fileURLWithPath: file)) }
    _ = try await test.export(test.options { $0.destination = .archive(FilePath(path)) })
    #expect(FileManager.default.contents(atPath: download) == start)
    #expect(!FileManager.default.fileExists(atPath: draft))
  }

  @Test("an archive can have the longest name")
  func longName() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    let name = String(repeating: "a", count: 251) + ".zip"
    let path = FilePath(test.root + "/" + name)
    _ = try await test.export(test.options { $0.destination = .archive(path) })
    let left = try FileManager.default.contentsOfDirectory(atPath: test.root)
    #expect(left.sorted() == [name, "library"])
  }

  @Test("the size of a file in an archive is not taken from its record")
  func wrongSizes() async throws {
    let test = try TestLibrary()
    for seed: Int64 in 1...2 {
      let image = try test.image(position: 1, seed: seed, .png())
      try test.add("one", seed: seed) {
        $0.images = [
          CataloguedImage(
            position: 1, digest: image.digest, format: image.format, width: image.width,
            height: image.height, bytes: .max, perceptualHash: image.perceptualHash)
        ]
      }
    }
    let options = test.options {
      $0.destination = .archive(FilePath(test.root + "/out.zip"))
      $0.metadata = .none
    }
    let report = try await test.export(options)
    #expect(report.written == 2 && report.bytes < 1 << 20)
  }

  @Test("the checksum is the standard one")
  func crc() {
    var sum = CRC32()
    Array("123456789".utf8).withUnsafeBytes { sum.update($0) }
    #expect(sum.value == 0xCBF4_3926)
  }

  @Test(
    "archives too large for 32 bits have 64-bit fields",
    .enabled(if: TestLibrary.has("unzip"), "unzip is not installed"),
    arguments: [
      (ZipLimits(size: 1, count: 0xFFFF), 3), (ZipLimits(size: 100, count: 0xFFFF), 40),
      (ZipLimits(), 70_000),
    ])
  func large(limits: ZipLimits, count: Int) async throws {
    let path = NSTemporaryDirectory() + "/zip64-\(UUID().uuidString).zip"
    defer { unlink(path) }
    let descriptor = try FileCopying.create(FilePath(path))
    var writer = ZipWriter(descriptor: descriptor, path: FilePath(path), limits: limits)
    for index in 0..<count {
      try writer.add(
        Array("\(index)".utf8), as: RelativePath(parts: ["ä/\(index)"]),
        at: Timestamp(milliseconds: 1_793_865_899_000))
    }
    try writer.finish()
    close(descriptor)
    let check = try await TestLibrary.run("unzip", ["-tqq", path])
    #expect(check.status == 0, "\(check.output)")
    let list = try await TestLibrary.run("unzip", ["-Z1", path])
    #expect(list.output.split(separator: "\n").count == count)
  }
}
