import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Testing

/// Tests that paste the output of `show --as` into a shell and compare the request that the gateway
/// receives.
@Suite("show --as, pasted into a shell")
struct PastedRequestTests {
  private static let prompt = "it's a \"cat\" \\ $HOME `id` 猫\nsecond line"

  @Test("sends the recorded bytes, and the key is in no list of processes")
  func curl() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", Self.prompt, "--seed", "7", "--guidance-scale", "2.5")
      let command = try await bench.succeed("show", "1", "--as", "curl").output
      #expect(!command.contains(SyncHarness.key))
      _ = try bench.harness.write(command, to: "paste.sh")
      // A script that records its arguments and then runs the real curl.
      _ = try bench.harness.write(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > arguments\nexec /usr/bin/curl \"$@\"\n",
        to: "curl.sh")
      // A process that this one was starting could have the file open, so another one writes it.
      let outcome = try await bench.shell(
        "install -m 755 curl.sh curl && PATH=.:$PATH sh paste.sh")
      #expect(outcome.output.contains("\"data\""), "\(outcome)")
      let charges = await bench.gateway.ledger.charges
      #expect(charges.count == 2)
      #expect(charges.last?.body == charges.first?.body)
      let arguments = try String(
        contentsOf: bench.harness.folder.appendingPathComponent("arguments"), encoding: .utf8)
      #expect(!arguments.contains(SyncHarness.key))
    }
  }

  @Test("of an import has the endpoint of its model")
  func importedModel() async throws {
    try await SyncHarness.with { bench in
      _ = try bench.harness.write(
        #"{"prompt":"an import","model":"seedream-5-lite","size":"2K","seed":7}"#,
        to: "dump.jsonl")
      try await bench.succeed("restore", "dump.jsonl")
      let command = try await bench.succeed("show", "1", "--as", "curl").output
      #expect(command.contains("/seedream-5-lite/v1/text-to-image"), "\(command)")
    }
  }

  @Test("as a command makes the same request again")
  func commandLine() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed(
        "generate", Self.prompt, "--seed", "7", "--guidance-scale", "2.5", "--no-watermark",
        "--response-format", "b64_json", "--tag", "client/a b")
      let command = try await bench.succeed("show", "1", "--as", "cli").output
      let outcome = try await bench.shell("seedbank() { \"$SEEDBANK\" \"$@\"; }; " + command)
      #expect(outcome.status == 0, "\(outcome)")
      let charges = await bench.gateway.ledger.charges
      #expect(charges.map(\.body) == [charges[0].body, charges[0].body])
      #expect(try await bench.succeed("show", "2").output.contains("client/a b"))
    }
  }

  /// Returns the script that runs a printed command.
  private static func pasted(_ command: String) -> String {
    "seedbank() { \"$SEEDBANK\" \"$@\"; }; " + command
  }

  @Test("as a command goes to the recorded provider, whatever the setting says")
  func provider() async throws {
    try await SyncHarness.with { bench in
      try bench.configureProviders()
      try await bench.succeed("generate", "a cat", "--size", "512x512")
      bench.harness.environment["SEEDBANK_PROVIDER"] = "ark"
      let command = try await bench.succeed("show", "1", "--as", "cli").output
      let outcome = try await bench.shell(Self.pasted(command))
      #expect(outcome.status == 0, "\(outcome)")
      let services = await bench.gateway.ledger.charges.map { $0.service ?? "" }
      #expect(services == ["pixazo", "pixazo"])
    }
  }

  @Test("as a command sends the same reference image again, also if its file was deleted since")
  func referenceFile() async throws {
    try await SyncHarness.with { bench in
      try bench.configureProviders()
      let file = bench.harness.folder.appendingPathComponent("reference.png")
      try Data(SampleLibrary.picture(3)).write(to: file)
      try await bench.succeed(
        "generate", "a cat", "--provider", "ark", "--model", "seedream-4-0-250828", "--size", "1K",
        "--reference", file.path)
      try FileManager.default.removeItem(at: file)
      let command = try await bench.succeed("show", "1", "--as", "cli").output
      let outcome = try await bench.shell(Self.pasted(command))
      #expect(outcome.status == 0, "\(outcome)")
      let charges = await bench.gateway.ledger.charges
      #expect(charges.count == 2 && charges.last?.body == charges.first?.body)
      #expect(charges.first?.body.contains("\"image\"") == true)
    }
  }

  @Test("as a command has the recorded links of a model that takes only links")
  func links() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("at night", model: "seedream-4-0-250828") {
      $0.requestBody = Array(#"{"prompt":"at night","image":["https://a.example/1.png"]}"#.utf8)
      $0.provider = RecordedProvider(name: "pixazo", endpoint: "/byteplus/v1/getEditMultiImage")
      $0.references = [
        ReferenceImage(
          position: 1, digest: Digest(of: "an image".utf8), format: "png", width: 64, height: 64,
          bytes: 8)
      ]
    }
    let command = try await harness.succeed("show", "1", "--as", "cli").output
    #expect(command.contains(" --reference https://a.example/1.png "), "\(command)")
    #expect(!command.contains("sha256:"), "\(command)")
  }

  @Test("as JSON is the body that was sent")
  func json() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", Self.prompt, "--seed", "7")
      let body = try await bench.succeed("show", "1", "--as", "json").output
      #expect(body == (await bench.gateway.ledger.charges.first?.body ?? "") + "\n")
      #expect(try await bench.succeed("show", "1", "--as", "prompt").output == Self.prompt + "\n")
    }
  }
}
