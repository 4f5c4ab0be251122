import Foundation
import SeedbankImaging
import SeedbankModel
import Testing

@Suite("seedbank import")
struct ImportCommandTests {
  @Test(
    "files of several tools are imported with prompt and seed, and damaged ones are named with status 65",
    .enabled(if: SampleFiles.folder != nil, SampleFiles.reason))
  func samples() async throws {
    let samples = try #require(SampleFiles.folder)
    let harness = try Harness()
    let outcome = try await harness.run("import", samples.path, "--format", "json")
    #expect(outcome.status == 65, "\(outcome)")
    #expect(outcome.talk.contains("empty_file.png"))
    let report = try Self.json(outcome.standardOutput)
    let tools = try #require(report["tools"] as? [String: Int])
    #expect(tools["a1111"] ?? 0 >= 3)
    #expect(tools["comfyui"] == 4)
    #expect(tools["invokeai"] == 3)
    #expect(tools["fooocus"] == 1)
    #expect(tools["novelai"] == 1)

    let dump = try await harness.succeed("dump")
    let records = try dump.lines.map { try Self.json(Data($0.utf8)) }
    func seeds(_ words: String) -> [Int] {
      records.filter { ($0["prompt"] as? String)?.contains(words) == true }
        .compactMap { $0["seed"] as? Int }
    }
    #expect(seeds("photo of a duck").contains(235_284_042))
    #expect(seeds("victorian woman with wings") == [280_823_642_470_253])
    #expect(seeds("long brunette hair") == [2_980_747_362, 2_980_747_362])
    #expect(seeds("digital artwork, oil painting") == [3_293_022_630])
    #expect(seeds("cat, space, icon") == [2_253_955_223])
  }

  @Test("a dry run reports what it found, and does not create a library")
  func dryRun() async throws {
    let harness = try Harness()
    let file = harness.folder.appendingPathComponent("a.png")
    try Data(try SampleLibrary.picture(1)).write(to: file)
    let outcome = try await harness.succeed("import", "a.png", "--dry-run")
    #expect(outcome.output.hasPrefix("Would import 1 of 1 file."))
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test("a missing path is named with status 66, and an invalid tag is refused with status 64")
  func mistakes() async throws {
    let harness = try Harness()
    let missing = try await harness.run("import", "nowhere")
    #expect(missing.status == 66)
    #expect(missing.talk.contains("nowhere"))
    #expect(try await harness.run("import", ".", "--tag", "a//b").status == 64)
  }

  @Test(
    "repeating an import adds nothing",
    .enabled(if: SampleFiles.folder != nil, SampleFiles.reason))
  func twice() async throws {
    let samples = try #require(SampleFiles.folder)
    let harness = try Harness()
    let folder = samples.appendingPathComponent("AUTOMATIC1111").path
    try await harness.succeed("import", folder, "--tag", "from/a1111")
    let again = try await harness.succeed("import", folder)
    #expect(again.output.hasPrefix("Imported 0 of 3 files."))
  }

  @Test("an exported image is new in another library, and nothing new the second time")
  func exported() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a heron", shade: 1)
    try await harness.succeed("export", "heron", "--to", "out")
    let elsewhere = ["import", "out", "--library", "elsewhere"]
    let first = try await harness.run(elsewhere)
    #expect(first.lines.dropFirst().first == "1 file was exported by Seedbank.")
    let second = try await harness.run(elsewhere)
    #expect(
      second.lines.dropFirst().first == "1 file was exported by Seedbank; nothing in it is new.")
  }

  @Test("the settings of a tool are shown, found and included in the JSON")
  func settings() async throws {
    let harness = try Harness()
    let words = "a heron\nNegative prompt: fog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 4"
    let picture = try SampleLibrary.picture(1)
    let copies = ProvenanceCopies(parameters: words, xmp: XMPPacket())
    let bytes = try MetadataDocument(picture).embedding(copies).applied(to: picture)
    try Data(bytes).write(to: harness.folder.appendingPathComponent("heron.png"))
    try await harness.succeed("import", "heron.png")
    let shown = try await harness.succeed("show", "1").output
    #expect(
      shown.contains("negative prompt  fog\n") && shown.contains("sampler          Euler a\n"))
    for query in ["negative:fog", "settings:euler", "heron"] {
      #expect(
        try await harness.succeed("search", query, "--format", "ids").output == "1\n", "\(query)")
    }
    #expect(try await harness.succeed("search", "fog", "--format", "ids").output.isEmpty)
    let json = try await Self.json(harness.succeed("show", "1", "--format", "json").standardOutput)
    let provenance = try #require(json["provenance"] as? [String: Any])
    #expect(provenance["raw"] as? String == words)
  }

  @Test("metadata is read again as one edit that shows its differences, asks, and is undone")
  func reread() async throws {
    let harness = try Harness()
    let words =
      "a duck\u{1B}[31m\nNegative prompt: blur\nSteps: 15, CFG scale: 5, Seed: -77, Model: m"
    let sample = try SampleLibrary(harness)
    try sample.add("not read", shade: 1) { draft in
      draft.parameters = Parameters(width: 64, height: 64)
      draft.provenance = Provenance(tool: "unknown", settings: "{}", raw: Array(words.utf8))
    }
    try sample.add("by a person", shade: 2) { $0.gateway = "https://gateway.example" }
    #expect(try await harness.run("import").status == 64)
    let refused = try await harness.run("import", "--reread")
    #expect(refused.status == 64 && refused.talk.contains("--yes"), "\(refused)")
    let dry = try await harness.succeed("import", "--reread", "tool:unknown", "--dry-run")
    #expect(dry.output.contains("seed: none → -77") && dry.output.contains("1 would be changed"))
    #expect(!dry.output.contains("\u{1B}"))
    #expect(try await harness.succeed("search", "tool:unknown", "--count").output == "1\n")
    let done = try await harness.succeed("import", "--reread", "--yes", "--format", "json")
    let report = try Self.json(done.standardOutput)
    #expect(report["changed"] as? Int == 1 && report["read"] as? Int == 1)
    let found = try await harness.succeed(
      "search", "tool:a1111", "seed:-77", "negative:blur", "raw:STEPS", "--count")
    #expect(found.output == "1\n")
    #expect(
      try await harness.succeed("import", "--reread", "--yes").output.contains("Nothing differs"))
    #expect(try await harness.succeed("show", "1", "--metadata").output == words + "\n")
    let json = try await harness.succeed("show", "1", "--metadata", "--format", "json")
    #expect(try Self.json(json.standardOutput)["raw"] as? String == words)
    #expect(try await harness.run("show", "2", "--metadata").status == 66)
    try await harness.succeed("undo")
    #expect(try await harness.succeed("search", "tool:unknown", "--count").output == "1\n")
  }

  private static func json(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

/// Real files of other tools, which are not part of the repository.
private enum SampleFiles {
  static let folder: URL? = ProcessInfo.processInfo.environment["SEEDBANK_SAMPLES"].map {
    URL(filePath: $0)
  }
  static let reason: Comment = "SEEDBANK_SAMPLES does not name a folder of sample files"
}
