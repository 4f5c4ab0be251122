import Foundation
import GatewaySimulator
import Testing

@Suite("Providers on the command line")
struct ProviderCommandTests {
  /// Returns a harness whose config file has one provider, at an address where nothing listens.
  private func harness(_ lines: String...) throws -> Harness {
    let harness = try Harness()
    let config = harness.folder.appendingPathComponent("config.yaml")
    let text = (["providers:", "  maker:"] + lines.map { "    \($0)" }).joined(separator: "\n")
    try Data((text + "\n").utf8).write(to: config)
    harness.environment = ["SEEDBANK_CONFIG": config.path, "SEEDBANK_API_KEY": "not-for-others"]
    return harness
  }

  private static let url = "url: http://127.0.0.1:9/api/v3"

  @Test("are listed with their models without a key")
  func list() async throws {
    let harness = try harness("kind: ark", Self.url)
    let json = try await harness.succeed("providers", "--format", "json").standardOutput
    let list = try #require(try JSONSerialization.jsonObject(with: json) as? [[String: Any]])
    #expect(list.map { $0["name"] as? String } == ["pixazo", "maker"])
    #expect(list.map { $0["kind"] as? String } == ["pixazo", "ark"])
    let models = try #require(list[1]["models"] as? [[String: Any]])
    #expect(models.contains { $0["model"] as? String == "seedream-4-0-250828" })
    #expect(models.allSatisfy { $0["seed"] != nil && $0["references"] != nil })
  }

  @Test("an unknown name is refused with the list of names")
  func unknown() async throws {
    let outcome = try await harness("kind: ark", Self.url)
      .run("generate", "a cat", "--provider", "nosuch")
    #expect(outcome.status == 64 && outcome.talk.contains("pixazo, maker"), "\(outcome)")
  }

  @Test("a size that cannot be read is refused with the sizes of the model at the provider")
  func unreadableSize() async throws {
    let outcome = try await harness("kind: openai", Self.url)
      .run("generate", "a cat", "--provider", "maker", "--model", "gpt-image-1", "--size", "1024")
    #expect(outcome.status == 64 && outcome.talk.contains("1536x1024"), "\(outcome)")
    #expect(!outcome.talk.contains("1.5K"), "\(outcome)")
  }

  @Test("the key of the default provider is not used for another one")
  func key() async throws {
    let harness = try harness("kind: ark", Self.url)
    let arguments = [
      "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828",
    ]
    let outcome = try await harness.run(arguments)
    #expect(outcome.status == 78 && outcome.talk.contains("SEEDBANK_API_KEY_MAKER"), "\(outcome)")
    // With the provider's own key, a request is tried, but nothing listens at the address.
    harness.environment["SEEDBANK_API_KEY_MAKER"] = "its-own-key"
    let tried = try await harness.run(arguments + ["--deadline", "0"])
    #expect(tried.status == 69 || tried.status == 75, "\(tried)")
  }

  @Test("a wrong kind and plain http to another computer are errors of the settings")
  func wrong() async throws {
    for lines in [["kind: nosuch", Self.url], ["kind: ark", "url: http://ark.example/api/v3"]] {
      let outcome = try await harness(lines[0], lines[1]).run("providers")
      #expect(outcome.status == 78, "\(outcome)")
    }
  }

  @Test("a job stays with its provider, which the command names if it is missing")
  func missing() async throws {
    let harness = try harness("kind: ark", Self.url)
    try await harness.succeed(
      "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828", "--no-wait")
    harness.environment["SEEDBANK_CONFIG"] = nil
    let outcome = try await harness.run("sync")
    #expect(outcome.status == 78 && outcome.talk.contains("'maker'"), "\(outcome)")
    let record = try await harness.succeed("show", "1", "--format", "json").output
    #expect(record.contains(#""provider":"maker""#) || record.contains(#""provider": "maker""#))
  }

  @Test("sync with a provider does not send the requests of other providers")
  func chosenForSync() async throws {
    let harness = try harness("kind: ark", Self.url)
    try await harness.succeed(
      "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828", "--no-wait")
    // Nothing is to be sent to the default provider, and the other provider's key is not needed.
    try await harness.succeed("sync", "--provider", "pixazo")
    #expect(try await harness.run("sync", "--provider", "maker").status == 78)
    #expect(try await harness.run("sync", "--provider", "nosuch").status == 64)
  }

  @Test("an address as reference needs no key if nothing is sent")
  func addressWithoutKey() async throws {
    let harness = try harness("kind: ark", Self.url)
    let outcome = try await harness.run(
      "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828", "--no-wait",
      "--reference", "https://127.0.0.1:9/a.png")
    // Nothing listens at the address: the download fails, but not because of a missing key.
    #expect(outcome.status == 69 && outcome.talk.contains("from 127.0.0.1:"), "\(outcome)")
    #expect(!outcome.talk.contains("gateway"), "\(outcome)")
  }

  @Test("an address with plain http on another computer is refused before anything is recorded")
  func plainAddress() async throws {
    let harness = try harness("kind: ark", Self.url)
    let outcome = try await harness.run(
      "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828", "--no-wait",
      "--reference", "http://images.example/a.png")
    #expect(
      outcome.status == 64 && outcome.talk.contains("images.example: plain http"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test("a model of Replicate that is not owner/name is refused before anything is recorded")
  func unqualifiedModel() async throws {
    let harness = try harness("kind: replicate", Self.url)
    for model in ["bad", "a/b/c", "/b"] {
      let outcome = try await harness.run(
        "generate", "a cat", "--provider", "maker", "--model", model, "--no-wait")
      #expect(outcome.status == 64 && outcome.talk.contains("expected owner/name"), "\(outcome)")
    }
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test("a provider that refuses the key is named, with the place of its key")
  func refusedKey() async throws {
    try await SyncHarness.with { bench in
      let config = try bench.harness.write(
        "providers:\n  maker:\n    kind: pixazo\n    url: \(bench.gateway.baseURL)\n",
        to: "config.yaml")
      bench.harness.environment["SEEDBANK_CONFIG"] = config
      bench.harness.environment["SEEDBANK_API_KEY_MAKER"] = "not-its-key"
      let sent = try await bench.run("generate", "a cat", "--provider", "maker")
      #expect(sent.status == 77, "\(sent)")
      #expect(sent.talk.contains("the provider 'maker' refuses the API key"), "\(sent)")
      #expect(sent.talk.contains("SEEDBANK_API_KEY_MAKER"), "\(sent)")
      #expect(!sent.talk.contains("the gateway"), "\(sent)")
      let tested = try await bench.run("providers", "test", "maker")
      #expect(tested.status == 77, "\(tested)")
      #expect(tested.talk.contains("then run `seedbank providers test maker`"), "\(tested)")
      #expect(!tested.talk.contains("Queued"), "\(tested)")
    }
  }

  @Test("a group counts with all its images before it is sent")
  func group() async throws {
    let harness = try harness("kind: ark", Self.url)
    harness.environment["SEEDBANK_API_KEY_MAKER"] = "k"
    let arguments = ["generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828"]
    let groups = arguments + ["--group", "11", "--count", "2"]
    let text = try await harness.succeed(groups + ["--dry-run"]).output
    #expect(
      text.contains("2 generations for up to 22 images") && text.contains("0.66 USD"), "\(text)")
    let json = try await harness.succeed(groups + ["--dry-run", "--format", "json"]).output
    #expect(json.contains(#""images":22"#) && json.contains(#""cost":0.66"#), "\(json)")
    let command = "\\\"$SEEDBANK\\\" " + groups.map { "'\($0)'" }.joined(separator: " ")
    let asked = try await harness.shell("echo n | script -qec \"\(command)\" /dev/null")
    #expect(asked.output.contains("Generate 22 images (about 0.66 USD)?"), "\(asked)")
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test(
    "a file format and a mode of prompt optimization are sent to the service, and are in the printed command"
  )
  func options() async throws {
    let harness = try harness("kind: ark", Self.url)
    let arguments = [
      "generate", "a cat", "--provider", "maker", "--no-wait", "--model",
      "dola-seedream-5-0-pro-260628", "--size", "1K",
    ]
    try await harness.succeed(
      arguments + ["--output-format", "png", "--optimize-prompt", "fast"])
    let body = try await harness.succeed("show", "1", "--as", "json").output
    #expect(body.contains(#""output_format":"png""#), "\(body)")
    #expect(body.contains(#""optimize_prompt_options":{"mode":"fast"}"#), "\(body)")
    let command = try await harness.succeed("show", "1", "--as", "cli").output
    #expect(command.contains("--output-format png --optimize-prompt fast"), "\(command)")
    for wrong in [["--output-format", "gif"], ["--optimize-prompt", "standard"]] {
      #expect(try await harness.run(arguments + wrong).status == 64)
    }
  }

  @Test("a reproduction at another provider names the parameters that cannot be carried over")
  func reproduction() async throws {
    try await SyncHarness.with { bench in
      try bench.configureProviders()
      try await bench.succeed(
        "generate", "a cat", "--provider", "ark", "--model", "seedream-4-0-250828", "--size", "4K",
        "--seed", "7", "--group", "2", "--optimize-prompt", "fast", "--no-wait")
      let outcome = try await bench.succeed(
        "reproduce", "1", "--provider", "replicate", "--set", "model=bytedance/seedream-4",
        "--dry-run")
      #expect(
        outcome.talk.contains("replicate does not take these parameters of generation 1, "),
        "\(outcome)")
      #expect(outcome.talk.contains("optimize_prompt"), "\(outcome)")
      try await bench.succeed(
        "generate", "a cat", "--provider", "replicate", "--model", "bytedance/seedream-4",
        "--no-wait")
      let same = try await bench.succeed("reproduce", "2", "--dry-run").output
      #expect(same == #"{"input":{"prompt":"a cat"}}"# + "\n")
      let refused = try await bench.run("reproduce", "1", "--provider", "fal", "--dry-run")
      #expect(refused.status == 64 && refused.talk.contains("needs a model"), "\(refused)")
    }
  }

  @Test("the doctor checks the address and the key of each provider")
  func doctor() async throws {
    let harness = try harness("kind: ark", Self.url)
    let missing = try await harness.run("doctor", "--offline")
    #expect(missing.status == 78 && missing.talk.isEmpty, "\(missing)")
    #expect(missing.output.contains("SEEDBANK_API_KEY_MAKER"), "\(missing)")
    harness.environment["SEEDBANK_API_KEY_MAKER"] = "its-own-key"
    let found = try await harness.succeed("doctor", "--offline")
    #expect(found.output.contains("maker"), "\(found)")
    #expect(!found.output.contains("its-own-key"), "\(found)")
  }

  @Test("a Cog server answers the test, which says that the key was not tested")
  func cog() async throws {
    // A Cog server does not know the path of Replicate's predictions.
    let missing = Rule(on: .poll, Behaviour(answer: Answer(404, body: #"{"detail":"Not Found"}"#)))
    try await SyncHarness.with(Script([missing])) { bench in
      try bench.configureProviders()
      let tested = try await bench.succeed("providers", "test", "replicate")
      #expect(tested.output == "replicate answers. It has no jobs, so no call tests the key.\n")
      let json = try await bench.succeed("providers", "test", "replicate", "--json").standardOutput
      let report = try JSONSerialization.jsonObject(with: json) as? [String: Any]
      #expect(report?["accepted"] is NSNull && report?["url"] is NSNull, "\(tested)")
      let doctor = try await bench.run("doctor")
      #expect(doctor.output.contains("answers, key set but not tested"), "\(doctor)")
      let ledger = await bench.gateway.ledger
      #expect(ledger.charges.isEmpty && ledger.keyLeaks.isEmpty)
      // A service that has only jobs is faulty if it does not know their path.
      #expect(try await bench.run("providers", "test", "fal").status == 69)
    }
  }

  @Test("a parameter that a model does not accept is refused before anything is recorded")
  func refused() async throws {
    let harness = try harness("kind: ark", Self.url)
    let ark = ["generate", "a cat", "--provider", "maker", "--no-wait"]
    for arguments in [
      ark, ark + ["--model", "seedream-4-0-250828", "--size", "3K"],
      ark + ["--model", "dola-seedream-5-0-pro-260628", "--group", "2"],
      ark + ["--model", "seedream-3-0-t2i-250415", "--reference", "https://127.0.0.1:9/a.png"],
    ] {
      let outcome = try await harness.run(arguments)
      #expect(outcome.status == 64, "\(outcome)")
    }
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test("a reference image that does not exist, is not a file or is not an image is refused")
  func references() async throws {
    let harness = try harness("kind: ark", Self.url)
    let text = harness.folder.appendingPathComponent("note.txt")
    try Data("words".utf8).write(to: text)
    let pipe = harness.folder.appendingPathComponent("pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    for (path, status) in [
      ("/dev/zero", 65), (pipe.path, 65), ("/tmp", 65), ("./missing.png", 66), (text.path, 65),
    ] {
      let outcome = try await harness.run(
        "generate", "a cat", "--provider", "maker", "--model", "seedream-4-0-250828", "--no-wait",
        "--reference", path)
      #expect(outcome.status == Int32(status), "\(outcome)")
      if ["/dev/zero", pipe.path, "/tmp"].contains(path) {
        #expect(!FileManager.default.fileExists(atPath: harness.library.path))
      }
    }
  }
}
