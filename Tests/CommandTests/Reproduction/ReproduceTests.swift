import Foundation
import GatewaySimulator
import SeedbankStorage
import Testing

@Suite("reproduce")
struct ReproduceTests {
  @Test("sends the recorded bytes again, and only changed fields differ")
  func bytes() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "it's a \"cat\" 猫", "--seed", "7", "--no-watermark")
      try await bench.succeed("reproduce", "1")
      try await bench.succeed("reproduce", "1", "--set", "size=1024x1024", "--seed", "8")
      let bodies = await bench.gateway.ledger.charges.map(\.body)
      #expect(bodies[1] == bodies[0])
      #expect(
        bodies[2]
          == bodies[0].replacingOccurrences(of: "512x512", with: "1024x1024")
          .replacingOccurrences(of: "\"seed\":7", with: "\"seed\":8"))
    }
  }

  @Test("an original that is on a remote only is downloaded first, and the verdict is recorded")
  func remoteOriginal() async throws {
    let drift = Script([Rule(on: .submit, from: 2, Behaviour(picture: Alteration(drift: .place)))])
    try await SyncHarness.with(drift) { bench in
      let nas = bench.harness.folder.path + "/nas"
      try FileManager.default.createDirectory(atPath: nas, withIntermediateDirectories: true)
      try await bench.succeed("generate", "a lighthouse at dusk", "--seed", "11")
      try await bench.succeed("remote", "add", "nas", "file://\(nas)")
      try await bench.succeed("push")
      try await bench.succeed("drop", "#1", "--yes")
      let planned = try await bench.succeed("reproduce", "#1", "--dry-run")
      #expect(planned.talk.contains("would be downloaded from the remote nas"), "\(planned)")
      let reproduced = try await bench.succeed("reproduce", "#1")
      #expect(reproduced.output.contains("locally-different"), "\(reproduced)")
      let judged = try await bench.succeed("search", "verdict:locally-different", "--count")
      #expect(judged.output == "1\n")
      try await bench.succeed("drop", "#1", "--yes")
      try FileManager.default.removeItem(atPath: nas)
      let without = try await bench.succeed("reproduce", "#1")
      #expect(without.talk.contains("so there will be no verdict unless"), "\(without)")
    }
  }

  @Test("copies the tags of the original, unless --no-tags is given")
  func tags() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--seed", "7", "--tag", "pets", "--no-wait")
      try await bench.succeed("reproduce", "1", "--tag", "new", "--no-wait")
      try await bench.succeed("reproduce", "#1", "--no-inherit", "--tag", "new", "--no-wait")
      func ids(_ query: String) async throws -> [String] {
        try await bench.succeed("search", query, "--format", "ids").lines
      }
      #expect(try await ids("tag:pets") == ["2", "1"])
      #expect(try await ids("tag:new") == ["3", "2"])
    }
  }

  @Test("a dry run can be printed as JSON")
  func dryRunJSON() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--seed", "7", "--no-wait")
      for arguments in [
        ["generate", "a dog", "-n", "--json"], ["reproduce", "1", "--dry-run", "--format", "json"],
        ["sync", "-n", "--json"],
      ] {
        let output = try await bench.succeed(arguments).standardOutput
        #expect(throws: Never.self, "\(arguments)") {
          try JSONSerialization.jsonObject(with: output)
        }
      }
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }

  @Test("uses the seeds after the recorded one, or new random ones")
  func seeds() async throws {
    try await SyncHarness.with { bench in
      func seeds(_ arguments: String...) async throws -> [Int] {
        let before = await bench.gateway.ledger.charges.count
        try await bench.succeed(["reproduce", "1"] + arguments)
        return await bench.gateway.ledger.charges.dropFirst(before).map(\.seed).sorted()
      }
      try await bench.succeed("generate", "a cat", "--seed", "7")
      #expect(try await seeds("--count", "3") == [7, 8, 9])
      #expect(try await seeds("--seed", "20", "--count", "2") == [20, 21])
      let drawn = try await seeds("--new-seed", "--count", "2")
      #expect(Set(drawn).count == 2 && !drawn.contains(7))
      #expect(try await seeds("--set", "seed=") != [7])
    }
  }

  @Test("accepts a query with one match, and lists the candidates of several")
  func query() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--seed", "4242", "--no-wait")
      let dry = try await bench.succeed("reproduce", "seed:4242", "--dry-run")
      #expect(dry.output == #"{"prompt":"a cat","size":"512x512","seed":4242}"# + "\n")
      try await bench.succeed("generate", "a dog", "--seed", "4242", "--no-wait")
      let several = try await bench.run("reproduce", "seed:4242", "--dry-run")
      #expect(several.status == 65, "\(several)")
      #expect(several.talk.contains("matches 2 generations"))
      #expect(several.talk.contains("a cat") && several.talk.contains("a dog"))
      #expect(try await bench.run("reproduce", "seed:4243").status == 66)
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }

  @Test("warns before sending if the model's seeds are not documented")
  func undocumentedSeeds() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      let same = try await bench.succeed("reproduce", "1", "--dry-run")
      #expect(!same.talk.contains("seed"))
      let other = try await bench.succeed(
        "reproduce", "1", "--set", "model=seedream-4-0-250828", "--set", "size=2K", "--dry-run")
      #expect(other.talk.contains("seedream-4-0-250828 probably ignores seeds"))
      let unknown = try await bench.succeed("reproduce", "1", "--set", "model=ep-1", "--dry-run")
      #expect(unknown.talk.contains("it is not known if ep-1 uses seeds"))
      _ = try bench.harness.write(#"{"prompt":"an import"}"#, to: "dump.jsonl")
      try await bench.succeed("restore", "dump.jsonl")
      let foreign = try await bench.succeed("reproduce", "2", "--dry-run")
      #expect(foreign.talk.contains("was not generated by this gateway"))
      #expect(foreign.talk.contains("the seed of generation 2 is not known"))
      #expect(foreign.output.contains("\"seed\":"))
      let chosen = try await bench.succeed("reproduce", "2", "--seed", "3", "--dry-run")
      #expect(!chosen.talk.contains("is not known"))
    }
  }

  @Test("and show say what is documented about seeds and what this library has measured")
  func measuredSeeds() async throws {
    try await SyncHarness.with { bench in
      let model = ["--model", "seedream-4-0-250828", "--size", "1K"]
      try await bench.succeed(["generate", "a cat"] + model)
      let before = try await bench.succeed("show", "1").output
      #expect(before.contains("sources disagree on whether the model uses it"), "\(before)")
      #expect(!before.contains("measured"), "\(before)")
      let first = try await bench.succeed("reproduce", "1").talk
      #expect(first.contains("its documentation does not mention seeds"), "\(first)")
      let measured = "measured in this library: 1 of 1 repeated image is identical"
      let after = try await bench.succeed("show", "1").output
      #expect(after.contains(measured), "\(after)")
      let second = try await bench.succeed("reproduce", "1", "--dry-run").talk
      #expect(second.contains(measured), "\(second)")
    }
  }

  @Test("refuses a recorded value that the model does not take, unless it is set to another")
  func foreignValues() async throws {
    try await SyncHarness.with { bench in
      let recorded = [
        #""size":"520x333""#, #""size":"large""#, #""guidance_scale":40"#,
        #""response_format":"tiff""#,
      ]
      let lines = recorded.map { #"{"prompt":"an import","seed":1,\#($0)}"# }
      _ = try bench.harness.write(lines.joined(separator: "\n"), to: "dump.jsonl")
      try await bench.succeed("restore", "dump.jsonl")
      let changes = ["size=", "size=1024x1024", "guidance_scale=", "response_format=url"]
      for (index, change) in changes.enumerated() {
        let refused = try await bench.run("reproduce", "\(index + 1)", "--no-wait")
        #expect(refused.status == 64, "\(refused)")
        try await bench.succeed("reproduce", "\(index + 1)", "--set", change, "--no-wait")
      }
      let wrong = try await bench.run("reproduce", "1", "--set", "size=7x7", "--no-wait")
      #expect(wrong.status == 64 && wrong.talk.contains("7x7"), "\(wrong)")
      let first = try await bench.succeed("show", "5", "--as", "json").output
      #expect(first == #"{"prompt":"an import","seed":1}"# + "\n")
    }
  }

  @Test("refuses a recorded seed that the gateway does not take, until another is chosen")
  func foreignSeed() async throws {
    try await SyncHarness.with { bench in
      let seeds = ["18446744073709551615", "-5", "2147483648", "2147483647"]
      let lines = seeds.map { #"{"prompt":"an import","seed":\#($0)}"# }.joined(separator: "\n")
      _ = try bench.harness.write(lines, to: "dump.jsonl")
      try await bench.succeed("restore", "dump.jsonl")
      for (index, seed) in seeds.dropLast().enumerated() {
        let id = "\(index + 1)"
        #expect(try await bench.succeed("show", id).output.contains(seed))
        for extra in [[], ["--count", "2"], ["--set", "prompt=b"]] {
          let refused = try await bench.run(["reproduce", id, "--no-wait"] + extra)
          #expect(refused.status == 64, "\(refused)")
          #expect(refused.talk.contains("the recorded seed \(seed) cannot be sent"), "\(refused)")
          #expect(refused.talk.contains("--seed"), "\(refused)")
        }
        #expect(try await bench.run("show", id, "--as", "curl").status == 64)
        #expect(try await bench.run("show", id, "--as", "cli").status == 64)
        try await bench.succeed("reproduce", id, "--seed", "7", "--dry-run")
        try await bench.succeed("reproduce", id, "--new-seed", "--dry-run")
      }
      try await bench.succeed("reproduce", "4", "--dry-run")
      let found = try await bench.succeed("search", "seed:>2147483647", "--format", "csv")
      #expect(found.output.contains("18446744073709551615"))
      let table = try await bench.succeed("search", "seed:1844*")
      #expect(table.output.contains("18446744073709551615"), "\(table)")
    }
  }

  @Test("reports that the model no longer exists, and records the reason")
  func modelGone() async throws {
    let script = Script([Rule(on: .submit, from: 2, Behaviour(refusal: .modelNotFound))])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a cat", "--model", "seedream-3-0-t2i-250415")
      let gone = try await bench.run("reproduce", "1")
      #expect(gone.status == 69, "\(gone)")
      #expect(gone.talk.contains("does not know the model"), "\(gone)")
      #expect(try await bench.succeed("show", "2").output.contains("does not know the model"))
    }
  }

  @Test(
    "reports only differences of the pixels",
    arguments: [
      (Drift.bytes, ["same seed: identical-pixels"]),
      (
        .pixels,
        ["same seed, pixels differ: visually-identical", "same seed, pixels differ: near-"]
      ),
      (.place, ["same seed, pixels differ: locally-different"]),
      (.scene, ["same seed, pixels differ: different", "same seed, pixels differ: similar-"]),
    ])
  func verdicts(_ drift: Drift, _ claims: [String]) async throws {
    let script = Script([
      Rule(on: .submit, from: 2, Behaviour(picture: Alteration(drift: drift)))
    ])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a lighthouse at dusk", "--seed", "11")
      let outcome = try await bench.succeed("reproduce", "1")
      #expect(claims.contains { outcome.output.contains("1 and 2, \($0)") }, "\(outcome)")
      let shown = try await bench.succeed("show", "2").output
      #expect(
        shown.contains(try #require(claims[0].split(separator: " ").last)) || claims.count > 1)
    }
  }

  @Test("has a verdict for each image, and stores the least strict one")
  func severalImages() async throws {
    let group = Behaviour(accept: Acceptance(count: 2))
    let drifted = Behaviour(
      accept: Acceptance(count: 2), picture: Alteration(drift: .bytes))
    let script = Script([
      Rule(on: .submit, nth: 1, group), Rule(on: .submit, nth: 2, drifted),
    ])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a cat", "--seed", "3")
      let json = try await bench.succeed("reproduce", "1", "--format", "json").output
      let list = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]]
      let verdicts = try #require(list?.first?["verdict"] as? [[String: Any]])
      #expect(verdicts.map { $0["kind"] as? String } == ["identical-pixels", "identical-pixels"])
      #expect(verdicts.map { $0["original"] as? String } == ["1.1", "1.2"])
      #expect(verdicts.map { $0["reproduction"] as? String } == ["2.1", "2.2"])
      #expect(
        try await bench.succeed("search", "verdict:identical-pixels", "--format", "ids").output
          == "2\n")
      #expect(
        try await bench.succeed("show", "2").output.contains("the largest difference of 2 images"))
      let dump = try await bench.succeed("dump").output
      let other = try bench.harness.write(dump, to: "dump.jsonl")
      try await bench.succeed("restore", other, "--library", "elsewhere")
      #expect(try await bench.succeed("dump", "--library", "elsewhere").output.contains("1.2"))
    }
  }

  @Test("explains a missing verdict")
  func noVerdict() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--seed", "3")
      let path = try await bench.succeed("search", "cat", "--format", "paths").output
      try FileManager.default.removeItem(atPath: path.trimmingCharacters(in: .newlines))
      let script = Script([Rule(on: .submit, Behaviour(picture: Alteration(drift: .bytes)))])
      await bench.gateway.follow(script)
      let outcome = try await bench.succeed("reproduce", "1")
      #expect(outcome.output.contains("1 and 2: no verdict"), "\(outcome)")
    }
  }
}
