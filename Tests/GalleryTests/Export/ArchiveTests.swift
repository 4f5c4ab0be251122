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
