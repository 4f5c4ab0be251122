import Foundation
import GatewaySimulator
import Testing

@Suite("reproduce --audit")
struct AuditTests {
  /// Three requests for cats return the same image again; three requests for dogs do not.
  private static let script = Script([
    Rule(
      on: .submit, from: 7, promptContains: "dog", Behaviour(picture: Alteration(drift: .scene)))
  ])

  private func fill(_ bench: SyncHarness) async throws {
    try await bench.succeed("generate", "a cat", "--count", "3")
    try await bench.succeed(
      "generate", "a dog", "--count", "3", "--model", "seedream-3-0-t2i-250415")
  }

  @Test("counts verdicts by model and month, and stores each verdict")
  func report() async throws {
    try await SyncHarness.with(Self.script) { bench in
      try await fill(bench)
      let outcome = try await bench.succeed("reproduce", "id:1..", "--audit", "--sample", "2")
      #expect(outcome.lines[0].contains("identical"), "\(outcome)")
      let own = try #require(outcome.lines.first { $0.contains("(default)") })
      #expect(
        own.split(separator: " ").suffix(6).joined(separator: " ") == "2 0 0 0 2 identical-file")
      let dogs = try #require(outcome.lines.first { $0.contains("seedream-3-0") })
      #expect(dogs.contains("  0  ") && dogs.contains("2"), "\(dogs)")
      #expect(
        outcome.lines.last
          == "2 of 4 reproductions with the same seed are identical or nearly identical.")
      #expect(outcome.talk.contains("reproducing 4 generations"))
      func found(_ query: String) async throws -> Int {
        try await bench.succeed("search", query, "--format", "ids").lines.count
      }
      #expect(try await found("is:reproduced") == 4)
      #expect(try await found("is:reproduction") == 4)
      #expect(try await found("verdict:identical-file") == 2)
      #expect(try await found("is:reproduction -verdict:identical-file") == 2)
      // Reproductions are not audited, so a second audit selects from the same six generations.
      let again = try await bench.succeed("reproduce", "id:1..", "--audit", "--dry-run")
      #expect(again.output == "Would reproduce 6 generations.\n")
      for format in ["json", "jsonl"] {
        let planned = try await bench.succeed(
          "reproduce", "id:1..", "--audit", "--dry-run", "--format", format)
        let object = try #require(
          try JSONSerialization.jsonObject(with: planned.standardOutput) as? [String: Any])
        #expect(object["dry_run"] as? Bool == true && object["generations"] as? Int == 6)
      }
    }
  }

  @Test("is printed as JSON")
  func json() async throws {
    try await SyncHarness.with { bench in
      try await fill(bench)
      let text = try await bench.succeed(
        "reproduce", "id:1..", "--audit", "--sample", "1", "--format", "json"
      ).output
      let rows = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
      #expect(rows.map { $0["model"] as? String } == [nil, "seedream-3-0-t2i-250415"])
      #expect(rows.allSatisfy { $0["identical"] as? Int == 1 && $0["different"] as? Int == 0 })
      #expect(rows.allSatisfy { ($0["outcomes"] as? [String: Int]) == ["identical-file": 1] })
    }
  }

  @Test("counts failures separately, and ends with their status")
  func failures() async throws {
    let script = Script([Rule(on: .submit, from: 2, Behaviour(refusal: .modelNotFound))])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a cat")
      let outcome = try await bench.run("reproduce", "cat", "--audit")
      #expect(outcome.status == 69, "\(outcome)")
      #expect(outcome.output.contains("1 failed"))
      #expect(outcome.output.contains("No images could be compared."))
    }
  }

  @Test("refuses impossible requests before anything is sent")
  func refusals() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      for extra in [["--new-seed"], ["--no-wait"], ["--format", "csv"], ["--vary", "seed=1..2"]] {
        let outcome = try await bench.run(["reproduce", "cat", "--audit"] + extra)
        #expect(outcome.status == 64, "\(outcome)")
      }
      // The generation has no image yet, so an audit has no original.
      #expect(try await bench.run("reproduce", "cat", "--audit").status == 66)
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }
}
