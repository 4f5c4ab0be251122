import Foundation
import GatewaySimulator
import SeedbankStorage
import Testing

@Suite("reproduce")
struct ReproduceTests {
  @Test("sends the recorded bytes again, and only what was changed differs")
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

  @Test("counts on from the recorded seed, or draws new ones")
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

  @Test("takes a query that finds one, and lists the candidates when it finds several")
  func query() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--seed", "4242", "--no-wait")
      let dry = try await bench.succeed("reproduce", "seed:4242", "--dry-run")
      #expect(dry.output == #"{"prompt":"a cat","size":"512x512","seed":4242}"# + "\n")
      try await bench.succeed("generate", "a dog", "--seed", "4242", "--no-wait")
      let several = try await bench.run("reproduce", "seed:4242", "--dry-run")
      #expect(several.status == 65, "\(several)")
      #expect(several.talk.contains("fits 2 generations"))
      #expect(several.talk.contains("a cat") && several.talk.contains("a dog"))
      #expect(try await bench.run("reproduce", "seed:4243").status == 66)
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }

  @Test("says before it sends where the model's seeds are not documented")
  func undocumentedSeeds() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      let same = try await bench.succeed("reproduce", "1", "--dry-run")
      #expect(!same.talk.contains("seed"))
      let other = try await bench.succeed(
        "reproduce", "1", "--set", "model=seedream-4-0-250828", "--set", "size=2K", "--dry-run")
      #expect(other.talk.contains("whether seedream-4-0-250828 honours seeds is disputed"))
      let unknown = try await bench.succeed("reproduce", "1", "--set", "model=ep-1", "--dry-run")
      #expect(unknown.talk.contains("nothing is known of how ep-1 treats seeds"))
      _ = try bench.harness.write(#"{"prompt":"an import"}"#, to: "dump.jsonl")
      try await bench.succeed("restore", "dump.jsonl")
      let foreign = try await bench.succeed("reproduce", "2", "--dry-run")
      #expect(foreign.talk.contains("not made through a gateway"))
      #expect(foreign.talk.contains("the seed of 2 is not known"))
      #expect(foreign.output.contains("\"seed\":"))
      let chosen = try await bench.succeed("reproduce", "2", "--seed", "3", "--dry-run")
      #expect(!chosen.talk.contains("is not known"))
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
          #expect(refused.status == 64 && refused.talk.contains("seed is \(seed)"), "\(refused)")
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

  @Test("says so when the model is gone, and keeps the reason")
  func modelGone() async throws {
    let script = Script([Rule(on: .submit, from: 2, Behaviour(refusal: .modelNotFound))])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a cat", "--model", "seedream-3-0-t2i-250415")
      let gone = try await bench.run("reproduce", "1")
      #expect(gone.status == 69, "\(gone)")
      #expect(gone.talk.contains("no such model"), "\(gone)")
      #expect(try await bench.succeed("show", "2").output.contains("no such model"))
    }
  }

  @Test(
    "claims no more than the pixels show",
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

  @Test("gives a verdict on each of several images, and keeps the loosest")
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
      #expect(try await bench.succeed("show", "2").output.contains("the loosest of 2 images"))
      let dump = try await bench.succeed("dump").output
      let other = try bench.harness.write(dump, to: "dump.jsonl")
      try await bench.succeed("restore", other, "--library", "elsewhere")
      #expect(try await bench.succeed("dump", "--library", "elsewhere").output.contains("1.2"))
    }
  }

  @Test("says why there is no verdict")
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
