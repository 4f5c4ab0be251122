import Foundation
import SeedbankModel
import SeedbankStorage
import Testing

@Suite("docs/format.md for other programs") struct ReadLibraryTests {
  /// The values that both readers return.
  private struct Line: Equatable {
    let id: Int
    let uid: String
    let prompt: String
    let seed: String
    let tags: [String]
    let images: [String]
  }

  @Test("a reader written from docs/format.md alone lists what a search lists")
  func script() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse", tags: ["coast", "client/harbour", "Éclair"], shade: 3)
    try sample.add("猫\n\"quoted\" 🐋", seed: -7, shade: 4) { draft in
      // The same file twice, and a file that does not exist.
      draft.images.append(draft.images[0].moved(to: 2))
      draft.images.append(draft.images[0].moved(to: 3, format: "jpeg"))
    }
    try sample.add("the largest seed") { $0.parameters.seed = ImageSeed(UInt64.max) }
    try sample.add("the first of the large seeds") {
      $0.parameters.seed = ImageSeed(1 << 63 as UInt64)
    }
    try sample.add("no seed", at: "2020-01-01T00:00:00Z") { $0.parameters.seed = nil }
    let trashed = try sample.add("moved to the trash", shade: 5)
    try await harness.succeed("delete", "id:\(trashed)", "--yes")

    let listed = try lines(
      await harness.succeed("search", "--limit", "0", "--format", "jsonl").standardOutput)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../scripts/read-library").standardizedFileURL
    let outcome = try await harness.shell("python3 '\(script.path)' \"$SEEDBANK_LIBRARY\"")
    #expect(outcome.status == 0, "\(outcome)")
    let read = try lines(outcome.standardOutput)
    #expect(read == listed)
    #expect(read.count == 5)
    #expect(read.map(\.images.count).reduce(0, +) == 4)
  }

  @Test("a folder that is not a library is refused with its name")
  func refused() async throws {
    let harness = try Harness()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../scripts/read-library").standardizedFileURL
    let outcome = try await harness.shell("python3 '\(script.path)' .")
    #expect(outcome.status == 1)
    #expect(outcome.talk.contains("\(harness.folder.lastPathComponent) is not a Seedbank library"))
  }

  private func lines(_ output: Data) throws -> [Line] {
    try output.split(separator: UInt8(ascii: "\n")).map { line in
      let object = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
      let text = String(decoding: line, as: UTF8.self)
      // Foundation's numbers cannot represent every seed, so the digits are compared.
      let seed = try #require(text.firstMatch(of: #/"seed": ?(null|-?[0-9]+)/#))
      let images = try #require(object["images"] as? [Any])
      return Line(
        id: try #require(object["id"] as? Int), uid: try #require(object["uid"] as? String),
        prompt: try #require(object["prompt"] as? String), seed: String(seed.1),
        tags: try #require(object["tags"] as? [String]),
        images: try images.map { image in
          let path = image as? String ?? (image as? [String: Any])?["path"] as? String
          return try #require(path)
        })
    }
  }
}

extension CataloguedImage {
  fileprivate func moved(to position: Int, format: String? = nil) -> CataloguedImage {
    CataloguedImage(
      position: position, digest: digest, format: format ?? self.format, width: width,
      height: height, bytes: bytes, perceptualHash: perceptualHash)
  }
}
