import FilePaths
import Foundation
import SeedbankImaging
import Testing

@Suite("images that look alike")
struct LikenessTests {
  @Test(
    "are found as soon as they are downloaded or imported, and again once their hashes are rebuilt")
  func hashes() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a lighthouse at dusk", "--seed", "1")
      try await bench.succeed("generate", "a cat, close-up", "--seed", "2")
      let path = try await bench.succeed("search", "id:1", "--format", "paths").lines[0]
      let smaller = try Picture.decode(contentsOf: FilePath(path)).upright.fitted(longSide: 200)
      let copy = bench.harness.folder.appendingPathComponent("copy.webp")
      try Data(smaller.encoded(as: .webp(quality: 80))).write(to: copy)
      try await bench.succeed("import", "copy.webp")

      func expectFound() async throws {
        for reference in ["1", "3", "copy.webp"] {
          let found = try await bench.succeed("search", "similar:\(reference)", "--format", "ids")
          #expect(found.output == "3\n1\n", "\(reference): \(found)")
        }
        let groups = try await bench.succeed("duplicates").output
        #expect(groups.contains("2 that look alike"))
        #expect(!groups.contains("a cat"))
      }
      try await expectFound()
      try await bench.shell("sqlite3 library/catalog.sqlite 'UPDATE image SET phash = NULL'")
      #expect(
        try await bench.succeed("search", "similar:copy.webp", "--format", "ids").lines.isEmpty)
      let check = try await bench.run("check", "--deep")
      #expect(check.status == 65 && check.output.contains("has no fingerprint"), "\(check)")
      try await bench.succeed("check", "--repair")
      try await expectFound()
    }
  }
}
