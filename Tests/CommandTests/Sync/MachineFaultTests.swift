import Foundation
import GatewaySimulator
import SeedbankStorage
import Testing

@Suite("Problems of this computer", .serialized)
struct MachineFaultTests {
  @Test(
    "a full disk stops the queue without a loss, and it continues when there is space",
    .enabled("needs the right to mount a file system", Harness.mayMount))
  func fullDisk() async throws {
    try await SyncHarness.with { bench in
      let disk = bench.harness.folder.appendingPathComponent("disk").path
      bench.harness.environment["SEEDBANK_LIBRARY"] = disk + "/library"
      let mounted = try await bench.shell(
        "mkdir disk && mount -t tmpfs -o size=160m tmpfs disk")
      #expect(mounted.status == 0, "\(mounted)")
      do {
        try await bench.succeed("generate", "a cat", "--count", "30", "--no-wait")
        // The free space is less than one result needs.
        let filled = try await bench.shell("head -c 148m /dev/zero > disk/ballast")
        #expect(filled.status == 0)
        let full = try await bench.run("sync", "--jobs", "8")
        #expect(full.status == 74, "\(full)")
        #expect(full.talk.contains("free disk space is needed"), "\(full)")
        _ = try await bench.shell("dd if=/dev/zero of=disk/more bs=4k 2>/dev/null; true")
        let brim = try await bench.run("sync")
        #expect(brim.status == 74 || brim.status == 73, "\(brim)")
        // The free space is enough for a few results at a time.
        _ = try await bench.shell(
          "rm disk/ballast disk/more; head -c 100m /dev/zero > disk/ballast")
        try await bench.succeed("sync", "--jobs", "8")
        #expect(await bench.gateway.ledger.charges.count == 30)
        #expect(await bench.gateway.ledger.paidTwice.isEmpty)
      } catch {
        _ = try await bench.shell("umount disk")
        throw error
      }
      _ = try await bench.shell("umount disk")
    }
  }

  /// A request whose reply arrives when the disk is full.
  struct FullDiskCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rule: Rule
    var arguments: [String] = []
    var images = 1

    private static let large = Rule(on: .submit, Behaviour(picture: Alteration(format: .png)))

    static let all: [FullDiskCase] =
      SyncHarness.ReplyKind.allCases.map { kind in
        FullDiskCase(
          testDescription: kind.rawValue, rule: kind.rule,
          arguments: ["--seed", "1", "--size", "512x512"]
            + (kind == .base64 ? ["--response-format", "b64_json"] : []))
      } + [
        FullDiskCase(
          testDescription: "a model that always replies with base64", rule: large,
          arguments: ["--provider", "openai", "--model", "gpt-image-1", "--size", "1024x1024"]),
        FullDiskCase(
          testDescription: "a stream", rule: large,
          arguments: [
            "--provider", "ark", "--model", "seedream-4-0-250828", "--size", "1K", "--group", "3",
          ], images: 3),
      ]
  }

  @Test(
    "a disk that becomes full during a request loses no reply, even if the process is killed",
    .enabled("needs the right to mount a file system", Harness.mayMount),
    arguments: FullDiskCase.all)
  func fullAtReply(_ point: FullDiskCase) async throws {
    // The reply comes so late that the process is stopped before it arrives.
    try await SyncHarness.with(Script([point.rule]), latency: 4) { bench in
      try bench.configureProviders()
      let disk = bench.harness.folder.appendingPathComponent("disk").path
      bench.harness.environment["SEEDBANK_LIBRARY"] = disk + "/library"
      _ = try await bench.shell("mkdir disk && mount -t tmpfs -o size=80m tmpfs disk")
      do {
        try await bench.succeed(["generate", "a cat", "--no-wait"] + point.arguments)
        let running = try await bench.harness.start(["sync"])
        try await running.wait { await bench.gateway.ledger.submits > 0 }
        // The process is stopped until the disk is full, so it cannot record the reply before that.
        running.signal(SIGSTOP)
        _ = try await bench.shell("dd if=/dev/zero of=disk/ballast bs=4k 2>/dev/null; true")
        running.signal(SIGCONT)
        let kept = try await bench.shell(
          """
          until head -qc 4 disk/library/incoming/*.reply 2>/dev/null | grep -q '^200'; do
            kill -0 \(running.identifier) || exit 1
            sleep 0.05
          done
          """)
        #expect(kept.status == 0, "the process ended without keeping the reply: \(kept)")
        running.signal(SIGKILL)
        _ = try await running.end()
        _ = try await bench.shell("rm disk/ballast")
        try await bench.succeed("sync")
        #expect(await bench.gateway.ledger.charges.count == 1)
        let images = try await bench.shell("find disk/library/images -type f")
        #expect(images.lines.count == point.images, "\(images)")
        try await bench.succeed("check", "--deep")
        let left = try await bench.shell("ls -A disk/library/incoming")
        #expect(left.output.isEmpty, "\(left)")
      } catch {
        _ = try await bench.shell("umount disk")
        throw error
      }
      _ = try await bench.shell("umount disk")
    }
  }

  @Test(
    "a read-only disk is reported, and nothing is sent",
    .enabled("needs the right to mount a file system", Harness.mayMount))
  func readOnly() async throws {
    try await SyncHarness.with { bench in
      let disk = bench.harness.folder.appendingPathComponent("disk").path
      bench.harness.environment["SEEDBANK_LIBRARY"] = disk + "/library"
      _ = try await bench.shell("mkdir disk && mount -t tmpfs -o size=160m tmpfs disk")
      try await bench.succeed("generate", "a cat", "--no-wait")
      _ = try await bench.shell("mount -o remount,ro disk")
      let outcome = try await bench.run("sync")
      #expect(outcome.status == 73 || outcome.status == 74, "\(outcome)")
      #expect(await bench.gateway.ledger.submits == 0)
      _ = try await bench.shell("mount -o remount,rw disk")
      try await bench.succeed("sync")
      _ = try await bench.shell("umount disk")
    }
  }

  @Test("a low limit of open files loses nothing")
  func fewFiles() async throws {
    try await SyncHarness.with(latency: 0.05) { bench in
      try await bench.succeed("generate", "a cat", "--count", "24", "--no-wait")
      for limit in [4, 10, 16, 32, 36, 44] {
        let outcome = try await bench.shell("ulimit -n \(limit); \"$SEEDBANK\" sync --jobs 16")
        #expect(outcome.status < 128, "\(limit): \(outcome)")
        let counts = try bench.openLibrary().statusCounts()
        #expect(counts[.failed] == nil && counts[.lost] == nil, "\(limit): \(counts)")
      }
      try await bench.succeed("sync")
      try await bench.expectNothingLost()
    }
  }

  @Test("a crash leaves no memory dump, and so no key, in any file or output")
  func crash() async throws {
    try await SyncHarness.with(Script([Rule(on: .submit, Behaviour(connection: .stall))])) {
      bench in
      // Swift's backtracer takes minutes with a debug build, and its output is not needed.
      bench.harness.environment["SWIFT_BACKTRACE"] = "enable=no"
      try await bench.succeed("generate", "a cat", "--no-wait")
      let running = try await bench.harness.startShell(
        "ulimit -c unlimited; exec \"$SEEDBANK\" sync")
      try await running.wait { await bench.gateway.ledger.submits > 0 }
      running.signal(SIGQUIT)
      let outcome = try await running.end()
      #expect(outcome.status == -SIGQUIT, "\(outcome)")
      #expect(!(outcome.output + outcome.talk).contains(SyncHarness.key))
      let found = try await bench.shell("grep -rlaF -- '\(SyncHarness.key)' . ; test $? -eq 1")
      #expect(found.status == 0, "\(found)")
    }
  }

  @Test("after every fault the key is in no file, row or output, and no signed link in any output")
  func secrets() async throws {
    let refusals: [Refusal] = [
      .badRequest, .unauthorizedFront, .tooManyRequests, .serverError, .page, .unreadable,
      .outOfCallVolume, .sensitivePrompt,
    ]
    var rules = refusals.enumerated().map { index, refusal in
      Rule(on: .submit, nth: index + 1, Behaviour(refusal: refusal))
    }
    // A gateway that echoes the key.
    rules.append(
      Rule(
        on: .submit, nth: refusals.count + 1,
        Behaviour(
          answer: Answer(500, body: "{\"error\": \"what is \(SyncHarness.key)?\"}"))))
    rules.append(
      Rule(on: .download, every: 2, Behaviour(transfer: Transfer(fault: .shortBody))))
    rules.append(Rule(on: .submit, every: 3, Behaviour(accept: Acceptance(style: .job))))
    try await SyncHarness.with(Script(rules)) { bench in
      var outputs = ""
      func run(_ arguments: String...) async throws {
        let outcome = try await bench.run(arguments)
        outputs += outcome.output + outcome.talk
      }
      try await run("generate", "a cat", "--count", "24")
      for _ in 0..<8 { try await run("sync", "--format", "jsonl") }
      try await run("sync", "--retry-unknown")
      for id in 1...24 { try await run("show", "\(id)") }
      try await run("config")
      #expect(!outputs.contains(SyncHarness.key))
      #expect(!outputs.contains("Signature="), "\(outputs)")
      let found = try await bench.shell(
        "grep -rlaF -- '\(SyncHarness.key)' . ; test $? -eq 1")
      #expect(found.status == 0, "\(found)")
      #expect(await bench.gateway.ledger.keyLeaks.isEmpty)
    }
  }
}
