import Foundation
import GatewaySimulator
import SeedbankStorage
import Testing

@Suite("generate, sync and reproduce")
struct SyncCommandTests {
  @Test(
    "end with the status for the gateway's reply",
    arguments: [
      (.sensitivePrompt, 69, "moderation"), (.modelNotFound, 69, "does not know the model"),
      (.unauthorizedFront, 77, "refuses the API key"), (.paymentRequired, 77, "payment first"),
      (.outOfCallVolume, 75, "quota of the gateway is used up"),
      (.retryAbsurd, 75, "no more requests"),
      (.badGateway, 69, "--retry-unknown"), (.redirectForGood, 69, "not the gateway"),
    ] as [(Refusal, Int32, String)])
  func statuses(_ refusal: Refusal, _ status: Int32, _ words: String) async throws {
    try await SyncHarness.with(Script([Rule(on: .submit, Behaviour(refusal: refusal))])) { bench in
      let outcome = try await bench.run("generate", "a cat")
      #expect(outcome.status == status, "\(outcome)")
      #expect(outcome.talk.contains(words), "\(outcome)")
      #expect(await bench.gateway.ledger.paidTwice.isEmpty)
    }
  }

  @Test("refuse invalid requests before anything is recorded")
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
        64, "does not support a guidance",
        [
          "generate", "x", "--model", "seedream-4-0-250828", "--size", "2K", "--guidance-scale",
          "3",
        ])
      try await expect(64, "empty", ["generate", " "])
      bench.harness.environment["SEEDBANK_API_KEY"] = nil
      try await expect(78, "the API key is not set", ["generate", "x"])
      #expect(!FileManager.default.fileExists(atPath: bench.harness.library.path))
      bench.harness.environment["SEEDBANK_API_KEY"] = SyncHarness.key
      let file = try bench.harness.write("{\"prompt\":\"a\"}\n{\"prompt\":1}\n", to: "p.jsonl")
      try await expect(65, "line 2", ["generate", "--from", file])
      try await expect(66, "cannot read nowhere.txt: ", ["generate", "--from", "nowhere.txt"])
      bench.harness.environment["SEEDBANK_GATEWAY"] = "http://gateway.example"
      try await expect(78, "plain http", ["generate", "x"])
      #expect(await bench.gateway.ledger.connections == 0)
    }
  }

  @Test("keep requests queued during an outage, and continue afterwards")
  func unreachable() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_GATEWAY"] = "http://127.0.0.1:1"
      let away = try await bench.run("generate", "a cat")
      #expect(away.status == 69, "\(away)")
      #expect(away.talk.contains("cannot connect"))
      bench.harness.environment["SEEDBANK_GATEWAY"] = bench.gateway.baseURL
      let back = try await bench.succeed("sync")
      #expect(back.output == "1  complete\n")
      let idle = try await bench.succeed("sync")
      #expect(idle.output.isEmpty && idle.talk.isEmpty)
    }
  }

  @Test("continue the generations of lists and ranges, each once")
  func named() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--count", "3", "--no-wait")
      for words in [["1,2"], ["1..2"], ["1\n2"], ["#1", "id:2", "2"]] {
        let dry = try await bench.succeed(["sync"] + words + ["--dry-run"])
        #expect(dry.output == "Would send requests: 2\n", "\(words)")
      }
      let gone = try await bench.run("sync", "1,99")
      #expect(gone.status == 66 && gone.talk.contains("99"), "\(gone)")
      #expect(await bench.gateway.ledger.submits == 0)
      #expect(try await bench.succeed("sync", "1..2").output == "2  complete\n")
    }
  }

  @Test("print one event per line for scripts")
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

  @Test("report the planned work and do nothing in a dry run")
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

  @Test("stop cleanly on request")
  func interrupted() async throws {
    // The requests take so long that the signal arrives before the last one is sent.
    let slow = Rule(on: .submit, Behaviour(wait: 2))
    try await SyncHarness.with(Script([slow])) { bench in
      try await bench.succeed("generate", "a cat", "--count", "20", "--no-wait")
      let running = try await bench.harness.start(["sync"])
      try await running.wait { await bench.gateway.ledger.submits > 0 }
      running.signal(SIGINT)
      let outcome = try await running.end()
      #expect(outcome.status == 75, "\(outcome)")
      let counts = try bench.openLibrary().statusCounts()
      #expect(counts[.submitting] == nil && counts[.unknown] == nil, "\(counts)")
      await bench.gateway.follow(Script())
      try await bench.succeed("sync")
      try await bench.expectNothingLost()
    }
  }

  @Test("say that a request which is under way may still be charged, and quit at the second signal")
  func interruptedTwice() async throws {
    try await SyncHarness.with(
      Script([Rule(on: .submit, Behaviour(connection: .stall))])
    ) { bench in
      let running = try await bench.harness.start(["generate", "a cat"])
      try await running.wait { await bench.gateway.ledger.submits > 0 }
      // Two signals of the same kind could become one.
      running.signal(SIGINT)
      running.signal(SIGTERM)
      let outcome = try await running.end()
      #expect(outcome.status == 130, "\(outcome)")
      #expect(outcome.talk.contains("they may still be charged"), "\(outcome)")
    }
  }

  @Test("do not speak of charges if they are stopped while no request is under way")
  func interruptedWhilePolling() async throws {
    let job = Rule(
      on: .submit, Behaviour(accept: Acceptance(style: .job), job: JobPlan(statuses: ["pending"])))
    try await SyncHarness.with(Script([job])) { bench in
      let running = try await bench.harness.start(["generate", "a cat"])
      try await running.wait { await bench.gateway.ledger.polls >= 2 }
      running.signal(SIGINT)
      let outcome = try await running.end()
      #expect(outcome.status == 75, "\(outcome)")
      #expect(outcome.talk.contains("Stopping. Press Ctrl-C again to quit now."), "\(outcome)")
      #expect(!outcome.talk.contains("charged"), "\(outcome)")
    }
  }

  @Test("share a library between processes without doing work twice")
  func together() async throws {
    try await SyncHarness.with(latency: 0.05) { bench in
      try await bench.succeed("generate", "a cat", "--count", "60", "--no-wait")
      var running: [Running] = []
      for _ in 0..<3 { running.append(try await bench.harness.start(["sync"])) }
      let generating = try await bench.harness.start(["generate", "a dog", "--count", "10"])
      for process in running + [generating] {
        let outcome = try await process.end()
        #expect([0, 75].contains(outcome.status), "\(outcome)")
      }
      try await bench.succeed("sync")
      #expect(await bench.gateway.ledger.charges.count == 70)
      try await bench.expectNothingLost()
    }
  }

  @Test("download a lost generation again by its id, without a charge")
  func retryLost() async throws {
    let gone = Script([Rule(on: .download, Behaviour(refusal: .storageNoSuchKey))])
    try await SyncHarness.with(gone) { bench in
      let lost = try await bench.run("generate", "a cat")
      #expect(lost.status == 69, "\(lost)")
      #expect(lost.talk.contains("sync --retry-lost"), "\(lost)")
      await bench.gateway.follow(Script())
      let dry = try await bench.succeed("sync", "1", "--retry-lost", "--dry-run")
      #expect(dry.output == "Would download lost and missing images of generations again: 1\n")
      let found = try await bench.succeed("sync", "1", "--retry-lost")
      #expect(found.output == "1  complete\n")
      #expect(await bench.gateway.ledger.charges.count == 1)
      try await bench.succeed("check", "--deep")
    }
  }

  @Test("plan the download of missing images of a group in a dry run, and then do it")
  func retryPartial() async throws {
    let script = Script([
      Rule(on: .submit, Behaviour(accept: Acceptance(count: 3))),
      Rule(on: .download, from: 3, Behaviour(refusal: .storageNoSuchKey)),
    ])
    try await SyncHarness.with(script) { bench in
      let partial = try await bench.run("generate", "a cat")
      #expect(partial.status == 69, "\(partial)")
      await bench.gateway.follow(Script())
      for options in [[], ["1"], ["--provider", "pixazo"]] {
        let dry = try await bench.succeed(["sync", "--retry-lost", "--dry-run"] + options)
        #expect(dry.output == "Would download lost and missing images of generations again: 1\n")
      }
      let json = try await bench.succeed("sync", "--retry-lost", "--dry-run", "--json").output
      #expect(json.contains(#""retry_unknown":0,"retry_lost":1"#), "\(json)")
      #expect(try await bench.succeed("sync", "--dry-run").output == "There is nothing to do.\n")
      #expect(try await bench.succeed("sync", "--retry-lost").output == "1  complete\n")
      let none = try await bench.succeed("sync", "--retry-lost", "--dry-run")
      #expect(none.output == "There is nothing to do.\n")
      #expect(await bench.gateway.ledger.submits == 1)
    }
  }

  @Test("keep base64 that is not an image, and extract it from the recorded reply")
  func extract() async throws {
    let text = String(repeating: "this was paid for; ", count: 40)
    let body =
      #"{"data": [{"b64_json": "\#(Data(text.utf8).base64EncodedString())"}], "#
      + #""more": "https://a.example/x.jpg?Signature=s3cret&Expires=1"}"#
    let odd = Script([Rule(on: .submit, Behaviour(answer: Answer(200, body: body, charged: true)))])
    try await SyncHarness.with(odd) { bench in
      let failed = try await bench.run("generate", "a cat", "--response-format", "b64_json")
      #expect(failed.status == 69, "\(failed)")
      #expect(failed.talk.contains("show 1 --extract"), "\(failed)")
      let shown = try await bench.succeed("show", "1", "--reply").output
      #expect(shown.contains("https://a.example/x.jpg?…"))
      #expect(!shown.contains("s3cret"))
      let paths = try await bench.succeed("show", "1", "--extract", "out").lines
      #expect(paths == ["out/1-submit-1.bin"])
      let file = bench.harness.folder.appendingPathComponent(paths[0])
      #expect(try String(contentsOf: file, encoding: .utf8) == text)
      // An existing file is not overwritten.
      #expect(try await bench.run("show", "1", "--extract", "out").status == 73)
      let json = try await bench.succeed("show", "1", "--extract", "more", "--json").output
      let expected = #"{"command":"show","id":1,"files":[{"path":"more/1-submit-1.bin"}]}"#
      #expect(json == expected + "\n")
      #expect(try await bench.succeed("show", "1", "--reply", "--json").output.contains("replies"))
      let bytes = try await bench.shell(
        #""$SEEDBANK" show 1 --extract $'out\xe9' && test -f $'out\xe9/1-submit-1.bin'"#)
      #expect(bytes.status == 0, "\(bytes)")
      // Without base64, no folder is created.
      await bench.gateway.follow(Script())
      try await bench.succeed("generate", "a dog")
      let none = try await bench.run("show", "2", "--extract", "none")
      #expect(none.status == 66 && none.talk.contains("no base64"), "\(none)")
      #expect(!FileManager.default.fileExists(atPath: bench.harness.folder.path + "/none"))
    }
  }

  @Test("keep a running generation in the trash, and say how to get its images")
  func runningInTheTrash() async throws {
    let job = Acceptance(style: .job)
    let endless = Script([
      Rule(on: .submit, Behaviour(accept: job, job: JobPlan(statuses: ["pending"])))
    ])
    try await SyncHarness.with(endless) { bench in
      #expect(try await bench.run("generate", "a cat", "--deadline", "0").status == 75)
      try await bench.succeed("delete", "id:1")
      let kept = try await bench.succeed("trash", "empty", "--yes")
      #expect(kept.talk.contains("not finished"), "\(kept)")
      await bench.gateway.follow(
        Script([Rule(on: .poll, Behaviour(job: JobPlan(statuses: ["succeeded"])))]))
      try await bench.succeed("trash", "restore", "1")
      #expect(try await bench.succeed("sync").output == "1  complete\n")
      try await bench.succeed("delete", "id:1")
      #expect(try await bench.succeed("trash", "empty", "--yes").output.contains("1 generation"))
    }
  }

  @Test("stop at an outage, and report unknown outcomes in all later runs")
  func outage() async throws {
    let down = Script([Rule(on: .submit, Behaviour(refusal: .unavailable))])
    try await SyncHarness.with(down) { bench in
      let stopped = try await bench.run("generate", "a cat", "--count", "40")
      #expect(stopped.status == 69, "\(stopped)")
      #expect(stopped.talk.contains("got no usable reply"), "\(stopped)")
      #expect(stopped.talk.contains("37 queued, 3 unknown"), "\(stopped)")
      await bench.gateway.follow(Script())
      let later = try await bench.run("sync")
      #expect(later.output == "37  complete\n")
      #expect(later.status == 69, "\(later)")
      #expect(later.talk.contains("the outcome of 3 requests of earlier runs is unknown"))
      #expect(await bench.gateway.ledger.charges.count == 37)
    }
  }

  @Test("reproduce the same image and say so, with its numbers")
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
      #expect(table.contains("1 and 3, same seed: identical-file, the files are the same"))
    }
  }
}
