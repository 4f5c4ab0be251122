import Foundation
import GatewaySimulator
import SeedbankModel
import TestRandomness
import Testing

@Suite("owner, adopt and held generations") struct OwnershipCommandTests {
  /// Runs a test with a queued request, and with a copied folder, a backup and a restored dump that
  /// contain the request.
  private static func withCopies(
    _ body: (SyncHarness, _ copies: [String]) async throws -> Void
  ) async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      try await bench.succeed("backup", "backup")
      let made = try await bench.shell(
        "cp -a library copy && $SEEDBANK dump > dump.jsonl && $SEEDBANK restore dump.jsonl "
          + "--library other")
      #expect(made.status == 0, "\(made)")
      #expect(made.output.contains("1 unfinished generation is held"), "\(made)")
      try await body(bench, ["copy", "backup", "other"])
    }
  }

  @Test("a request is paid for once, even if copies of its library are synced")
  func once() async throws {
    try await Self.withCopies { bench, copies in
      for copy in copies {
        for command in [["sync"], ["sync", "1"], ["sync", "--retry-unknown"]] {
          let outcome = try await bench.run(command + ["--library", copy])
          #expect(outcome.status == 75, "\(outcome)")
          #expect(outcome.talk.contains("`seedbank adopt`"), "\(outcome)")
        }
        let dryRun = try await bench.succeed("sync", "--dry-run", "--library", copy)
        #expect(dryRun.output == "Would skip generations that another library owns: 1\n")
      }
      try await bench.succeed("sync")
      #expect(await bench.gateway.ledger.charges.count == 1)
    }
  }

  @Test(
    "held generations are shown, found and counted as held, and a dump contains their stored status"
  )
  func shown() async throws {
    try await Self.withCopies { bench, copies in
      for copy in copies {
        func output(_ arguments: String...) async throws -> String {
          try await bench.succeed(arguments + ["--library", copy]).output
        }
        for query in ["status:held", "is:held", "cat -is:pending -status:queued"] {
          #expect(try await output("search", query, "--count") == "1\n", "\(query)")
        }
        #expect(try await output("search", "is:pending", "--count") == "0\n")
        #expect(try await output("show", "1", "--format", "json").contains(#""status":"held""#))
        #expect(try await output("stats", "--format", "json").contains(#""held":1"#))
        #expect(try await output("dump").contains(#""status":"queued""#))
        let owner = try await output("owner", "--format", "json")
        #expect(owner.contains(#""owned":0"#) && owner.contains(#""id":1,"status":"queued""#))
        #expect(try await output("owner").contains("1 queued: 1"))
      }
      #expect(try await bench.succeed("search", "status:held", "--count").output == "0\n")
      #expect(try await bench.succeed("owner").output.contains("held        none"))
    }
  }

  @Test("adopt asks, warns of the other library, and makes the copy send the work")
  func adopt() async throws {
    try await Self.withCopies { bench, _ in
      let silent = try await bench.run("adopt", "--library", "copy")
      #expect(silent.status == 64 && silent.talk.contains("--yes"), "\(silent)")
      let dryRun = try await bench.succeed("adopt", "--dry-run", "--library", "copy")
      #expect(dryRun.output == "Would adopt 1 queued.\n")
      let answer = { (word: String) in
        try await bench.shell(
          "echo \(word) | script -qec \"$SEEDBANK adopt --library copy\" /dev/null")
      }
      let refused = try await answer("n")
      #expect(refused.status == 75 && refused.output.contains("nothing was changed"), "\(refused)")
      #expect(try await bench.run("sync", "--library", "copy").status == 75)
      let adopted = try await answer("y")
      #expect(adopted.status == 0 && adopted.output.contains("charged twice"), "\(adopted)")
      try await bench.succeed("sync", "--library", "copy")
      #expect(
        try await bench.succeed("show", "1", "--library", "copy").output.contains("adopted"))
      let nothing = try await bench.succeed("adopt", "--library", "copy")
      #expect(nothing.output.contains("owns all its unfinished work"))
    }
  }

  @Test("a renamed library continues, and a copy sends only its own requests")
  func moved() async throws {
    try await Self.withCopies { bench, _ in
      _ = try await bench.shell("mv library renamed")
      try await bench.succeed("generate", "a dog", "--library", "copy")
      try await bench.succeed("generate", "a dog", "--library", "backup")
      try await bench.succeed("reproduce", "2", "--library", "copy")
      #expect(try await bench.run("sync", "--library", "copy").status == 75)
      try await bench.succeed("sync", "--library", "renamed")
      let ledger = await bench.gateway.ledger
      #expect(ledger.charges.count == 4)
      #expect(ledger.charges.filter { $0.prompt == "a cat" }.count == 1)
    }
  }

  @Test("a job that another library submitted is neither polled nor fetched")
  func jobs() async throws {
    let job = SyncHarness.ReplyKind.job.rule
    try await SyncHarness.with(Script([job])) { bench in
      bench.harness.environment["SEEDBANK_POLL_DEADLINE"] = "0"
      _ = try await bench.run("generate", "a cat")
      let status = try bench.openLibrary().generation(GenerationID(1))?.status
      #expect(status == .pending || status == .ready)
      _ = try await bench.shell("cp -a library copy")
      let before = await bench.gateway.ledger.connections
      #expect(try await bench.run("sync", "--library", "copy").status == 75)
      #expect(await bench.gateway.ledger.connections == before)
      bench.harness.environment["SEEDBANK_POLL_DEADLINE"] = nil
      try await bench.succeed("sync")
      #expect(await bench.gateway.ledger.charges.count == 1)
    }
  }

  @Test("only its owner sends a request with an unknown outcome again")
  func unknown() async throws {
    let rule = Rule(on: .submit, nth: 1, Behaviour(refusal: .badGateway))
    try await SyncHarness.with(Script([rule])) { bench in
      #expect(try await bench.run("generate", "a cat").status == 69)
      _ = try await bench.shell("cp -a library copy")
      for command in [["sync", "--retry-unknown"], ["sync", "1", "--retry-unknown"]] {
        let outcome = try await bench.run(command + ["--library", "copy"])
        #expect(outcome.status == 69 && outcome.talk.contains("`seedbank adopt`"), "\(outcome)")
      }
      #expect(await bench.gateway.ledger.charges.isEmpty)
      try await bench.succeed("sync", "--retry-unknown")
    }
  }

  @Test("a copy says that it cannot send requests of unknown outcome again, also in a dry run")
  func unknownOfOthers() async throws {
    let rule = Rule(on: .submit, nth: 1, Behaviour(refusal: .badGateway))
    try await SyncHarness.with(Script([rule])) { bench in
      #expect(try await bench.run("generate", "a cat").status == 69)
      _ = try await bench.shell("cp -a library copy")
      for options in [[], ["1"]] {
        let planned = try await bench.succeed(
          ["sync", "--retry-unknown", "--dry-run", "--library", "copy"] + options)
        #expect(
          planned.output
            == "Would skip requests of unknown outcome that another library owns: 1\n")
      }
      for options in [[], ["--retry-unknown"]] {
        let outcome = try await bench.run(["sync", "--library", "copy"] + options)
        #expect(outcome.status == 69 && outcome.talk.contains("`seedbank adopt`"), "\(outcome)")
        #expect(!outcome.talk.contains("--retry-unknown"), "\(outcome)")
      }
    }
  }

  @Test("a copy says that it cannot download lost images of its original, also in a dry run")
  func lostOfOthers() async throws {
    let gone = Rule(on: .download, Behaviour(refusal: .storageNoSuchKey))
    try await SyncHarness.with(Script([gone])) { bench in
      #expect(try await bench.run("generate", "a cat").status == 69)
      _ = try await bench.shell("cp -a library copy")
      for options in [[], ["1"]] {
        let planned = try await bench.succeed(
          ["sync", "--retry-lost", "--dry-run", "--library", "copy"] + options)
        #expect(
          planned.output == "Would skip lost and missing images that another library owns: 1\n")
      }
      let named = try await bench.run("sync", "1", "--retry-lost", "--library", "copy")
      #expect(named.status == 69 && named.talk.contains("`seedbank adopt`"), "\(named)")
    }
  }

  @Test("after any actions with four libraries, no request is charged more often than reported")
  func sequences() async throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      var random = SeededGenerator(seed: seed)
      try await SyncHarness.with { bench in
        // The number of requests that were adopted while another library could also send them.
        var adoptions = 0
        for step in 1...25 {
          let (one, two) = (
            Int.random(in: 1...4, using: &random), Int.random(in: 1...4, using: &random)
          )
          let library = ["--library", "l\(one)"]
          switch Int.random(in: 0..<9, using: &random) {
          case 0, 1: try await bench.succeed(["generate", "a cat \(step)", "--no-wait"] + library)
          case 2: _ = try await bench.shell("$SEEDBANK dump --library l\(one) > dump.jsonl")
          case 3: _ = try await bench.shell("$SEEDBANK restore dump.jsonl --library l\(one)")
          case 4:
            _ = try await bench.shell(
              "$SEEDBANK backup b\(step) --library l\(one) && rm -rf l\(two) && mv b\(step) l\(two)"
            )
          case 5 where one != two:
            _ = try await bench.shell("[ -d l\(one) ] && rm -rf l\(two) && cp -a l\(one) l\(two)")
          case 6: _ = try await bench.shell("mv l\(one) x && mv x l\(one)")
          case 7:
            let outcome = try await bench.run(["adopt", "--yes"] + library)
            let number = outcome.output.split(separator: " ").first.flatMap { Int($0) } ?? 0
            #expect(number == 0 || outcome.talk.contains("charged twice"), "\(outcome)")
            adoptions += number
          default: _ = try await bench.run(["sync"] + library)
          }
        }
        let ledger = await bench.gateway.ledger
        let again = ledger.charges.count - Set(ledger.charges.map(\.intent)).count
        #expect(again <= adoptions, "seed \(seed)")
      }
    }
  }
}
