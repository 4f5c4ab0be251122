import Foundation
import SeedbankModel
import Testing

@Suite("show")
struct ShowTests {
  let harness: Harness
  let sample: SampleLibrary

  init() throws {
    harness = try Harness()
    sample = try SampleLibrary(harness)
  }

  /// Returns a command's output, with names in place of the values that differ between runs.
  private func stable(_ outcome: Harness.Outcome) -> String {
    outcome.output.replacingOccurrences(of: harness.library.path, with: "LIBRARY")
  }

  @Test("a generation is shown whole")
  func whole() async throws {
    try sample.add("a lighthouse at dusk", seed: 1)
    try sample.add(
      "a lighthouse at dusk,\nwatercolor 水彩", seed: 7, tags: ["coast", "client/acme"], shade: 3
    ) {
      $0.parent = GenerationID(1)
      $0.parentChange = #"{"seed":7}"#
      $0.rating = 4
      $0.note = "for the cover"
      $0.verdict = RecordedVerdict(kind: "different", detail: #"{"phash_distance":30}"#)
    }
    try await expectSnapshot(stable(harness.succeed("show", "2")), "show-whole")
    try await expectSnapshot(stable(harness.succeed("show", "1")), "show-parent")
  }

  @Test(
    "provider, cost, group, reference images and reported values are shown if they say something")
  func provider() async throws {
    try sample.add("a lighthouse at dusk", seed: 7, shade: 3) {
      $0.provider = RecordedProvider(
        name: "maker", modelEchoed: "seedream-4-0-250828", seedEchoed: ImageSeed(9), groupSize: 4,
        cost: Cost(
          amount: MoneyAmount(microunits: 120_000), currency: "USD", isEstimated: true))
      $0.references = $0.images.map {
        ReferenceImage(
          position: 1, digest: $0.digest, format: $0.format, width: $0.width, height: $0.height,
          bytes: $0.bytes)
      }
    }
    try sample.add("a harbor", seed: 8) {
      $0.provider = RecordedProvider(
        name: "pixazo", modelEchoed: "seedream-3-0-t2i-250415", seedEchoed: ImageSeed(8))
    }
    let shown = try await harness.succeed("show", "1").lines.map { line in
      line.split(separator: " ").joined(separator: " ")
    }
    for fact in [
      "provider maker", "cost 0.12 USD (estimated)", "group up to 4 images",
      "reported model seedream-4-0-250828", "reported seed 9",
    ] {
      #expect(shown.contains(fact), "\(shown)")
    }
    #expect(shown.contains { $0.hasPrefix("references 1: png 64x64, 6.9 kB, sha256:") }, "\(shown)")
    let standard = try await harness.succeed("show", "2").output
    for label in ["provider", "reported", "cost", "group", "references"] {
      #expect(!standard.contains("  \(label)"), "\(standard)")
    }
  }

  @Test("escapes in foreign text never reach the output")
  func escapes() async throws {
    try sample.add("red \u{1B}[31m\u{9B}1m bell\u{7} \u{202E}turned") {
      $0.note = "\u{1B}]0;title\u{7}"
    }
    let output = try await harness.succeed("show", "1").output
    #expect(output.contains("red [31m1m bell turned"))
    #expect(!output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test(
    "a request is printed ready to be made elsewhere, without the key",
    arguments: ["cli", "curl", "json", "prompt"])
  func requests(form: String) async throws {
    try sample.add("it's a \"cat\"", seed: 42, tags: ["pets"]) {
      $0.requestBody = Array(#"{"prompt":"it's a \"cat\"","seed":42}"#.utf8)
      $0.gateway = "https://gateway.example"
    }
    harness.environment["SEEDBANK_API_KEY"] = "secret-key-0123456789"
    let outcome = try await harness.succeed("show", "1", "--as", form)
    #expect(!outcome.description.contains("secret-key"))
    try expectSnapshot(outcome.output, "show-as-\(form)")
  }

  @Test("a shell passes the exact body to curl")
  func curlRoundTrip() async throws {
    let body = #"{"prompt":"$HOME `id` it's \\ \"x\"","seed":1}"#
    try sample.add("x") { $0.requestBody = Array(body.utf8) }
    let command = try await harness.succeed("show", "1", "--as", "curl").output
    let outcome = try await harness.shell("curl() { printf '%s' \"${@: -1}\"; }; " + command)
    #expect(outcome.output == body)
  }

  @Test(
    "a printed command contains no word that a prompt adds to it",
    arguments: ["'\u{301}", "'\u{200D}", "'\u{1F3FB}", "'"])
  func promptsAreOneWord(end: String) async throws {
    // Swift's Character of an apostrophe and a mark differs from an apostrophe; a shell reads bytes.
    let prompt = "cat\(end); touch made; echo \(end)"
    try sample.add(prompt) { $0.requestBody = Array(#"{"prompt":"\#(prompt)"}"#.utf8) }
    let asCommand = try await harness.succeed("show", "1", "--as", "cli").output
    let words = try await harness.shell("seedbank() { printf '%s' \"${@: -1}\"; }; " + asCommand)
    #expect(words.output.utf8.elementsEqual(prompt.utf8))
    let asRequest = try await harness.succeed("show", "1", "--as", "curl").output
    let body = try await harness.shell("curl() { printf '%s' \"${@: -1}\"; }; " + asRequest)
    #expect(body.output.utf8.elementsEqual(#"{"prompt":"\#(prompt)"}"#.utf8))
  }

  @Test("every kind of reference leads to its generation")
  func references() async throws {
    let first = try sample.add("first", seed: 1, shade: 3)
    try sample.add("second", seed: 2, shade: 9)
    let generation = try #require(try sample.library.generation(first))
    let picture = try harness.write("", to: "x.png")
    try Data(SampleLibrary.picture(3)).write(to: URL(fileURLWithPath: picture))
    let names = [
      "1", "1.1", "@last~1", "sha256:" + generation.images[0].digest.hex.prefix(12),
      generation.uid.description, String(generation.uid.description.prefix(20)), "x.png", picture,
    ]
    for name in names {
      #expect(
        try await harness.succeed("show", String(name), "--as", "prompt").output == "first\n",
        "\(name)")
    }
    #expect(try await harness.succeed("show", "@last", "--as", "prompt").output == "second\n")
  }

  @Test("names that lead nowhere end with 66, ambiguous ones with 65, damaged files with 65")
  func wrongReferences() async throws {
    try sample.add("first", seed: 1)
    try sample.add("second", seed: 1)
    #expect(try await harness.run("show", "7").status == 66)
    #expect(try await harness.run("show", "1.2").status == 66)
    #expect(try await harness.run("show", "@last~9").status == 66)
    #expect(try await harness.run("show", "no-such.png").status == 66)
    #expect(try await harness.run("show", "sha256:abcdef").status == 66)
    let uid = try #require(try sample.library.generation(GenerationID(1))).uid.description
    let ambiguous = try await harness.run("show", String(uid.prefix(13)))
    #expect(ambiguous.status == 65)
    #expect(ambiguous.talk.contains("1, 2"))
    _ = try harness.write("no picture", to: "damaged.png")
    #expect(try await harness.run("show", "damaged.png").status == 65)
  }

  @Test("an image that was saved again is known by its appearance, and a note says so")
  func looks() async throws {
    try sample.add("first", shade: 3)
    let bytes = try SampleLibrary.recompressed(3)
    try Data(bytes).write(to: harness.folder.appendingPathComponent("copy.jpg"))
    let outcome = try await harness.succeed("show", "copy.jpg", "--as", "prompt")
    #expect(outcome.output == "first\n")
    #expect(outcome.talk.contains("looks like 1.1"))
  }

  @Test("records are printed in every format", arguments: ["json", "jsonl", "csv", "ids", "paths"])
  func formats(format: String) async throws {
    try sample.add("a \"quoted\", prompt\u{1B}", seed: 7, tags: ["b", "a"], shade: 3)
    try await expectSnapshot(
      stable(harness.succeed("show", "1", "--format", format)), "show-\(format)")
  }
}
