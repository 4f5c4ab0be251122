import Foundation
import Testing

@Suite("The hint for a field that a model does not take")
struct FieldHintTests {
  /// Returns a harness with the providers `rep` (Replicate) and `maker` (Ark), at addresses where nothing
  /// listens.
  private func harness(_ more: String = "") throws -> Harness {
    let harness = try Harness()
    let text = """
      providers:
        rep:
          kind: replicate
          url: http://127.0.0.1:9
        maker:
          kind: ark
          url: http://127.0.0.1:9/api/v3
      \(more)
      """
    harness.environment = ["SEEDBANK_CONFIG": try harness.write(text + "\n", to: "config.yaml")]
    return harness
  }

  private static let seedless = [
    "generate", "a cat", "--provider", "rep", "--model", "bytedance/seedream-4", "--no-wait",
  ]

  @Test("names the option of the seed that was used")
  func seed() async throws {
    let harness = try harness()
    let given = try await harness.run(Self.seedless + ["--seed", "5"])
    #expect(given.status == 64 && given.talk.contains("hint: omit --seed\n"), "\(given)")
    try await harness.succeed(Self.seedless)
    for (options, hint) in [
      (["--new-seed"], "omit --new-seed"), (["--seed", "5"], "omit --seed"),
      (["--set", "seed=5"], "omit --set seed=5"),
      (["--vary", "seed=1..3"], "omit --vary seed; --count makes several images without a seed"),
      (["--new-seed", "--count", "3"], "omit --new-seed"),
    ] {
      let outcome = try await harness.run(["reproduce", "1"] + options + ["--dry-run"])
      #expect(outcome.status == 64 && outcome.talk.contains("hint: \(hint)\n"), "\(outcome)")
    }
    // The hint of a variation leads to a command that works.
    let several = try await harness.succeed("reproduce", "1", "--count", "3", "--dry-run")
    #expect(several.output.split(separator: "\n").count == 3, "\(several)")
  }

  @Test("names the variable or the config file that gives the value")
  func settings() async throws {
    let maker = [
      "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828", "--no-wait",
    ]
    let harness = try harness("generate:\n  guidance_scale: 5")
    let configured = try await harness.run(maker)
    #expect(configured.status == 64, "\(configured)")
    #expect(configured.talk.contains("hint: remove generate.guidance_scale from "), "\(configured)")
    harness.environment["SEEDBANK_GENERATE_GUIDANCE_SCALE"] = "4"
    let variable = try await harness.run(maker)
    #expect(
      variable.talk.contains("hint: unset SEEDBANK_GENERATE_GUIDANCE_SCALE\n"), "\(variable)")
    let option = try await harness.run(maker + ["--guidance-scale", "3"])
    #expect(option.talk.contains("hint: omit --guidance-scale\n"), "\(option)")
  }

  @Test("names the line of a file of prompts")
  func file() async throws {
    let harness = try harness()
    let path = try harness.write("prompt,seed\na cat,\na dog,5\n", to: "prompts.csv")
    let outcome = try await harness.run(
      "generate", "--from", path, "--provider", "rep", "--model", "bytedance/seedream-4",
      "--no-wait")
    #expect(outcome.status == 65 && outcome.talk.contains("line 3"), "\(outcome)")
    #expect(outcome.talk.contains("hint: remove seed from this line\n"), "\(outcome)")
  }

  @Test("tells how a reproduction leaves out a recorded value or names a model")
  func recorded() async throws {
    let harness = try harness()
    try await harness.succeed("generate", "a cat", "--guidance-scale", "3", "--no-wait")
    let model = ["reproduce", "1", "--set", "model=seedream-4-0-250828", "--dry-run"]
    let refused = try await harness.run(model)
    #expect(refused.talk.contains("hint: leave it out: --set guidance_scale=\n"), "\(refused)")
    try await harness.succeed(model + ["--set", "guidance_scale="])
    let nameless = try await harness.run("reproduce", "1", "--provider", "rep", "--dry-run")
    #expect(nameless.talk.contains("hint: for example: --set model="), "\(nameless)")
  }

  @Test("is not needed for a recorded seed if a reproduction changes the model")
  func changedModel() async throws {
    let harness = try harness()
    try await harness.succeed(
      "generate", "a cat", "--provider", "rep", "--model", "bytedance/seedream-3", "--seed", "7",
      "--no-wait")
    for options in [[], ["--set", "seed="]] {
      let outcome = try await harness.succeed(
        ["reproduce", "1", "--set", "model=bytedance/seedream-4", "--dry-run"] + options)
      #expect(!outcome.output.contains("seed\""), "\(outcome)")
    }
    let warned = try await harness.succeed(
      "reproduce", "1", "--set", "model=bytedance/seedream-4", "--dry-run")
    #expect(
      warned.talk.contains("does not take these parameters of generation 1, "), "\(warned)")
    #expect(warned.talk.contains("the image will be different: seed"), "\(warned)")
  }
}
