import FilePaths
import Foundation
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A reference image from a path")
struct ReferenceStorageTests {
  private func take(
    _ path: String, in bench: Workbench, by rule: ReferenceRule = ReferenceRule(0...1, .data)
  ) throws -> ReferenceImage {
    let storage = try #require(try ReferenceStorage(bench.library))
    return try storage.take(FilePath(path), as: "reference", position: 1, by: rule)
  }

  /// Whether no file is left behind in the image store.
  private func isEmpty(_ bench: Workbench) -> Bool {
    let images = FileManager.default.enumerator(atPath: bench.folder + "/images")
    let files = images?.compactMap { $0 as? String }.filter { $0.hasSuffix(".bmp") } ?? []
    let incoming = try? FileManager.default.contentsOfDirectory(atPath: bench.folder + "/incoming")
    return files.isEmpty && (incoming ?? []).isEmpty
  }

  @Test(
    "that is a device, a pipe or a folder is refused at once",
    arguments: ["/dev/zero", "/dev/null", "/dev", "pipe"])
  func special(_ name: String) async throws {
    try await Workbench.with { bench in
      let path = name == "pipe" ? bench.folder + "/pipe" : name
      if name == "pipe" { #expect(mkfifo(path, 0o600) == 0) }
      let link = bench.folder + "/link"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      for path in [path, link] {
        #expect(throws: ReferenceImageError.notAFile(FilePath(path))) {
          try take(path, in: bench)
        }
      }
      #expect(isEmpty(bench))
    }
  }

  @Test("that is larger than the limits is refused, and nothing is stored")
  func large() async throws {
    try await Workbench.with { bench in
      let path = bench.folder + "/a.bmp"
      let bytes = Bitmap.bytes(width: 100, height: 100)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let limit = Int64(bytes.count - 1)
      #expect(
        throws: RequestError.referenceTooLarge(
          position: 1, bytes: Int64(bytes.count), allowed: limit)
      ) {
        try take(path, in: bench, by: ReferenceRule(0...1, .data, largestFile: limit))
      }
      #expect(isEmpty(bench))
      // A file of a terabyte without content takes no time.
      #expect(truncate(path, 1 << 40) == 0)
      #expect(throws: RequestError.self) { try take(path, in: bench) }
      #expect(isEmpty(bench))
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(try take(path, in: bench).bytes == Int64(bytes.count))
    }
  }

  @Test("that does not exist is an error with its code")
  func missing() async throws {
    try await Workbench.with { bench in
      let path = bench.folder + "/nosuch"
      #expect(throws: ReferenceImageError.unreadable(FilePath(path), code: ENOENT)) {
        try take(path, in: bench)
      }
    }
  }
}
