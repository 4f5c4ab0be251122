import Foundation
import SeedbankModel
import Testing

@Suite("Comparing images")
struct CompareTests {
  let harness: Harness
  let sample: SampleLibrary

  init() throws {
    harness = try Harness()
    sample = try SampleLibrary(harness)
    try sample.add("one", shade: 3)
    try sample.add("one again", shade: 3)
    try sample.add("another", shade: 90)
    try Data(SampleLibrary.recompressed(3)).write(
      to: harness.folder.appendingPathComponent("copy.jpg"))
  }

  @Test(
    "the verdict shows its kind and its values",
    arguments: [
      ("1", "2", "identical-file"), ("1", "copy.jpg", "-identical"), ("1", "3", "different"),
    ])
  func verdicts(original: String, other: String, kind: String) async throws {
    let text = try await harness.succeed("compare", original, other).output
    #expect(text.contains(kind))
    let json = try await harness.succeed("compare", original, other, "--format", "json").output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let members = [
      "kind", "mean_absolute_error", "worst_tile_rmse", "worst_tile", "phash_distance", "same_size",
      "original", "reproduction",
    ]
    #expect(Set(members).isSubset(of: Set((object ?? [:]).keys)))
  }

  @Test("a digest of several generations means the oldest, and a note names the others")
  func copies() async throws {
    let original = try #require(try sample.library.generation(GenerationID(1)))
    let digest = try #require(original.images.first?.digest.description)
    for words in [["compare", digest, "3"], ["search", "similar:" + digest]] {
      let outcome = try await harness.succeed(words)
      #expect(outcome.talk.contains("The same image file: 2"), "\(outcome)")
    }
  }

  @Test("two files are compared without any library")
  func withoutLibrary() async throws {
    let elsewhere = try Harness()
    let copy = harness.folder.appendingPathComponent("copy.jpg").path
    #expect(try await elsewhere.succeed("compare", copy, copy).output.contains("identical-file"))
  }

  @Test("the difference is written to a new file, and no file is overwritten")
  func sheet() async throws {
    try await harness.succeed("compare", "1", "3", "--image", "both.png")
    let file = harness.folder.appendingPathComponent("both.png")
    let first = try Data(contentsOf: file)
    #expect(first.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(try await harness.run("compare", "1", "2", "--image", "both.png").status == 73)
    #expect(try Data(contentsOf: file) == first)
    #expect(try await harness.run("compare", "1", "2", "--image", "both.txt").status == 64)
  }

  @Test("a file that is not an image is named in the error")
  func damaged() async throws {
    _ = try harness.write("junk", to: "junk.png")
    let outcome = try await harness.run("compare", "1", "junk.png")
    #expect(outcome.status == 65)
    #expect(outcome.talk.contains("junk.png"))
  }

  @Test("duplicates are grouped")
  func duplicates() async throws {
    let text = try await harness.succeed("duplicates").output
    #expect(text.contains("2 times the same file"))
    #expect(!text.contains("another"))
    let json = try await harness.succeed("duplicates", "--within", "0", "--format", "json").output
    let groups = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[[String: Any]]]
    #expect(groups?.map { $0.compactMap { $0["image"] as? String } } == [["1.1", "2.1"]])
  }

  @Test("open shows every image of a generation in the viewer")
  func open() async throws {
    let viewer = try harness.write(
      "#!/bin/sh\necho \"$1\" >> opened\n", to: "viewer", permissions: 0o755)
    harness.environment["SEEDBANK_VIEWER"] = viewer
    let script = "\"$SEEDBANK\" open 1 && until [ -s opened ]; do :; done; cat opened"
    #expect(try await harness.shell(script).output.hasPrefix(harness.library.path + "/images/"))
    harness.environment["SEEDBANK_VIEWER"] = "no-such-program"
    #expect(try await harness.run("open", "1").status == 78)
  }
}
