import Foundation
import Testing

@Suite("Reference images of the command line")
struct ReferenceArgumentTests {
  /// Returns a harness with a provider at an address where nothing listens.
  private func harness(_ kind: String) throws -> Harness {
    let harness = try Harness()
    harness.environment["SEEDBANK_CONFIG"] = try harness.write(
      "providers:\n  maker:\n    kind: \(kind)\n    url: http://127.0.0.1:9\n", to: "config.yaml")
    return harness
  }

  private static let ark = [
    "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828", "--no-wait",
  ]

  @Test(
    "that do not exist are refused before a library is created, also in a dry run",
    arguments: ["1", "@last", "sha256:ab", "nosuch", "nosuch.png"])
  func missing(_ reference: String) async throws {
    let harness = try harness("ark")
    for option in ["--quiet", "--dry-run"] {
      let outcome = try await harness.run(Self.ark + ["--reference", reference, option])
      #expect(outcome.status == 66, "\(outcome)")
      #expect(!FileManager.default.fileExists(atPath: harness.library.path), "\(outcome)")
    }
  }

  @Test("that are images of the library are looked up in a dry run, without notes")
  func dryRun() async throws {
    let harness = try harness("ark")
    let sample = try SampleLibrary(harness)
    try sample.add("a dog", shade: 1)
    try sample.add("a bird")
    let found = try await harness.succeed(Self.ark + ["--reference", "1", "--dry-run"])
    #expect(found.output.contains("1 generation") && found.talk.isEmpty, "\(found)")
    for reference in ["2", "3"] {
      let outcome = try await harness.run(Self.ark + ["--reference", reference, "--dry-run"])
      #expect(outcome.status == 66, "\(outcome)")
    }
  }

  @Test("have the limits of every model in a file of prompts")
  func models() async throws {
    let harness = try harness("openai")
    // 5 MB: gpt-image-1 takes 50 MB, dall-e-2 takes 4 MB.
    let image = try harness.write("", to: "large.png")
    #expect(truncate(image, 5 << 20) == 0)
    let prompts = try harness.write(
      #"{"prompt":"a cat"}"# + "\n" + #"{"prompt":"a dog","model":"dall-e-2"}"# + "\n",
      to: "prompts.jsonl")
    for option in ["--dry-run", "--no-wait"] {
      let outcome = try await harness.run(
        "generate", "--from", prompts, "--provider", "maker", "--model", "gpt-image-1",
        "--reference", image, option)
      #expect(outcome.status == 64, "\(outcome)")
      #expect(outcome.talk.contains("the model takes at most \(4 << 20)"), "\(outcome)")
    }
    #expect(try await harness.succeed("search", "--count").output == "0\n")
  }
}
