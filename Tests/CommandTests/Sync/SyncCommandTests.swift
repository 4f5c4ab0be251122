import Foundation
import GatewaySimulator
import Storage
import Testing

@Suite("generate, sync and reproduce")
struct SyncCommandTests {
  @Test(
    "end with the status of what the gateway says",
    arguments: [
      (.sensitivePrompt, 69, "moderation"), (.modelNotFound, 69, "no such model"),
      (.unauthorizedFront, 77, "refuses the API key"), (.paymentRequired, 77, "paid first"),
      (.outOfCallVolume, 75, "allowance is used up"), (.retryAbsurd, 75, "no more requests"),
      (.badGateway, 69, "--retry-unknown"), (.redirect, 69, "not the gateway"),
    ] as [(Refusal, Int32, String)])
  func statuses(_ refusal: Refusal, _ status: Int32, _ words: String) async throws {
    try await SyncHarness.with(Script([Rule(on: .submit, Behaviour(refusal: refusal))])) { bench in
      let outcome = try await bench.run("generate", "a cat")
      #expect(outcome.status == status, "\(outcome)")
      #expect(outcome.talk.contains(words), "\(outcome)")
      #expect(await bench.gateway.ledger.paidTwice.isEmpty)
    }
  }

  @Test("refuse what can't be sent before anything is recorded")
  func refusals() async throws {
    try await SyncHarness.with { bench in
      func expect(_ status: Int32, _ words: String, _ arguments: [String]) async throws {
        let outcome = try await bench.run(arguments)
        #expect(outcome.status == status, "\(outcome)")
        #expect(outcome.talk.contains(words), "\(outcome)")
      }
      try await expect(64, "512x512 to 2048x2048", ["generate", "x", "--size", "10x10"])
      try await expect(64, "0 to 2147483647", ["generate", "x", "--seed", "2147483648"])
      try await expect(64, "1.0 to 10.0", ["generate", "x", "--guidance-scale", "11"])
      try await expect(
        64, "takes no guidance",
        [
          "generate", "x", "--model", "seedream-4-0-250828", "--size", "2K", "--guidance-scale",
          "3",
        ])
      try await expect(64, "empty", ["generate", " "])
      let file = try bench.harness.write("{\"prompt\":\"a\"}\n{\"prompt\":1}\n", to: "p.jsonl")
      try await expect(65, "line 2", ["generate", "--from", file])
      try await expect(66, "can't be read", ["generate", "--from", "nowhere.txt"])
      bench.harness.environment["SEEDBANK_API_KEY"] = nil
      try await expect(78, "no API key", ["generate", "x"])
      #expect(!FileManager.default.fileExists(atPath: bench.harness.library.path))
      bench.harness.environment["SEEDBANK_API_KEY"] = SyncHarness.key
      bench.harness.environment["SEEDBANK_GATEWAY"] = "http://gateway.example"
      try await expect(78, "plain http", ["generate", "x"])
      #expect(await bench.gateway.ledger.connections == 0)
    }
  }

  @Test("keep everything queued while the gateway is away, and carry on when it is back")
  func unreachable() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_GATEWAY"] = "http://127.0.0.1:1"
      let away = try await bench.run("generate", "a cat")
      #expect(away.status == 69, "\(away)")
      #expect(away.talk.contains("can't be reached"))
      bench.harness.environment["SEEDBANK_GATEWAY"] = bench.gateway.baseURL
      let back = try await bench.succeed("sync")
      #expect(back.output == "1  complete\n")
      let idle = try await bench.succeed("sync")
      #expect(idle.output.isEmpty && idle.talk.isEmpty)
    }
  }

  @Test("print an event a line for scripts")
  func events() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      let lines = try await bench.succeed("sync", "--format", "jsonl").lines
      let events = try lines.map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return object?["event"] as? String
      }
      #expect(events == ["submitting", "ready", "downloading", "stored", "complete"])
    }
  }

  @Test("say what they would do and do nothing when it is only asked for")
  func dryRun() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--count", "3", "--dry-run")
      #expect(!FileManager.default.fileExists(atPath: bench.harness.library.path))
      try await bench.succeed("generate", "a cat", "--seed", "5")
      let dry = try await bench.succeed(
        "reproduce", "1", "--vary", "seed=1..3", "--vary", "guidance_scale=2,3", "--dry-run")
      #expect(dry.lines.count == 6)
      #expect(dry.lines[0] == #"{"prompt":"a cat","size":"512x512","seed":1,"guidance_scale":2}"#)
      #expect(try await bench.succeed("sync", "--dry-run").output == "There is nothing to do.\n")
      #expect(await bench.gateway.ledger.submits == 1)
    }
  }

  @Test("stop cleanly when asked to, with nothing half done")
  func interrupted() async throws {
    try await SyncHarness.with(latency: 0.3) { bench in
      try await bench.succeed("generate", "a cat", "--count", "20", "--no-wait")
      let running = try bench.harness.start(["sync"])
      while await bench.gateway.ledger.submits == 0 { try await Task.sleep(for: .milliseconds(5)) }
      running.signal(SIGINT)
      let outcome = try await running.end()
      #expect(outcome.status == 75, "\(outcome)")
      let counts = try bench.openLibrary().statusCounts()
      #expect(counts[.submitting] == nil && counts[.unknown] == nil, "\(counts)")
      try await bench.succeed("sync")
      try await bench.expectNothingLost()
    }
  }

  @Test("share a library between processes without doing anything twice")
  func together() async throws {
    try await SyncHarness.with(latency: 0.05) { bench in
      try await bench.succeed("generate", "a cat", "--count", "60", "--no-wait")
      let running = try (0..<3).map { _ in try bench.harness.start(["sync"]) }
      let generating = try bench.harness.start(["generate", "a dog", "--count", "10"])
      for process in running + [generating] {
        let outcome = try await process.end()
        #expect([0, 75].contains(outcome.status), "\(outcome)")
      }
      try await bench.succeed("sync")
      #expect(await bench.gateway.ledger.charges.count == 70)
      try await bench.expectNothingLost()
    }
  }

  @Test("reproduce the same picture and say so, with its numbers")
  func reproduce() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat")
      let json = try await bench.succeed("reproduce", "@last", "--format", "json").output
      let list = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]]
      let verdict = list?.first?["verdict"] as? [String: Any]
      #expect(verdict?["kind"] as? String == "identical-file")
      #expect(verdict?["original"] as? String == "1")
      #expect(list?.first?["parent"] as? Int == 1)
      let table = try await bench.succeed("reproduce", "1").output
      #expect(table.contains("1 and 3, same seed: identical-file, the same bytes"))
    }
  }
}
