import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Testing

/// Tests of the real binary with simulated services; SyncTests tests every step of every service.
@Suite("A process that works with another provider")
struct ProviderKillTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let step: DurableStep
    var images = 1

    var testDescription: String { "\(arguments[1]), \(step.rawValue)" }

    static let ark = ["--provider", "ark", "--model", "seedream-4-0-250828", "--size", "1K"]

    static let all = [
      Case(arguments: ark, step: .submitMarked),
      Case(arguments: ark + ["--group", "3"], step: .imageRecorded, images: 3),
      Case(
        arguments: ["--provider", "openai", "--model", "gpt-image-1"], step: .replyRecorded),
      Case(
        arguments: [
          "--provider", "fal", "--model", "fal-ai/bytedance/seedream/v4/text-to-image",
        ], step: .jobRecorded),
      Case(
        arguments: ["--provider", "replicate", "--model", "bytedance/seedream-4"],
        step: .fileRenamed),
    ]
  }

  private static let small = Rule(
    on: .submit,
    Behaviour(
      job: JobPlan(statuses: ["pending", "succeeded"]), picture: Alteration(size: "64x64")))

  @Test("and is killed loses nothing and pays nothing twice", arguments: Case.all)
  func killed(_ point: Case) async throws {
    try await SyncHarness.with(Script([Self.small])) { bench in
      try bench.configureProviders()
      bench.harness.environment["SEEDBANK_STOP_AT"] = point.step.rawValue
      let killed = try await bench.run(["generate", "a cat"] + point.arguments)
      #expect(killed.status == -SIGKILL, "\(killed)")
      bench.harness.environment["SEEDBANK_STOP_AT"] = nil
      let synced = try await bench.run("sync")
      let isUnknowable = point.step == .submitMarked
      #expect(synced.status == (isUnknowable ? 69 : 0), "\(synced)")
      let generation = try #require(try bench.openLibrary().generation(GenerationID(1)))
      #expect(generation.status == (isUnknowable ? .unknown : .complete))
      #expect(generation.images.count == (isUnknowable ? 0 : point.images))
      #expect(await bench.gateway.ledger.charges.count == (isUnknowable ? 0 : 1))
      try await bench.expectNothingLost()
    }
  }

  @Test("and is killed between two events of a stream keeps the image that it has seen")
  func betweenEvents() async throws {
    let stall = Rule(on: .submit, Behaviour(stream: EventStream(events: 1, end: .stall)))
    try await SyncHarness.with(Script([stall, Self.small])) { bench in
      try bench.configureProviders()
      let running = try await bench.harness.start(
        ["generate", "a cat"] + Case.ark + ["--group", "3"])
      let incoming = bench.harness.library.appending(path: "incoming").path
      func isKept() -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: incoming)) ?? []
        // A file that is still being written does not count.
        return names.contains { name in
          guard !name.hasSuffix(".part") else { return false }
          let file = FileManager.default.contents(atPath: incoming + "/" + name) ?? Data()
          return file.starts(with: Data("200 ".utf8))
            && file.range(of: Data("partial_succeeded".utf8)) != nil
        }
      }
      try await running.wait { isKept() }
      running.signal(SIGKILL)
      _ = try await running.end()
      let synced = try await bench.run("sync")
      #expect(synced.status == 69 || synced.status == 75, "\(synced)")
      let generation = try #require(try bench.openLibrary().generation(GenerationID(1)))
      #expect(generation.status == .unknown && generation.images.map(\.position) == [1])
      #expect(await bench.gateway.ledger.charges.count == 1)
      #expect(try await bench.succeed("search", "is:unknown", "--count").output == "1\n")
    }
  }

  /// An image of 1.5 MB without compression.
  private static let bitmap: Data = {
    let (width, height) = (500, 1_000)
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let size = 3 * width * height
    let head =
      Array("BM".utf8) + little(54 + size, 8) + little(54, 4) + little(40, 4) + little(width, 4)
      + little(height, 4) + little(1, 2) + little(24, 6) + little(size, 4) + little(0, 16)
    return Data(head + [UInt8](repeating: 0x7F, count: size))
  }()

  @Test("and is killed after an upload sends the request once")
  func afterUpload() async throws {
    let stall = Rule(on: .upload, nth: 1, Behaviour(connection: .stall))
    try await SyncHarness.with(Script([stall, Self.small])) { bench in
      try bench.configureProviders()
      let file = bench.harness.folder.appendingPathComponent("large.bmp")
      try Self.bitmap.write(to: file)
      let running = try await bench.harness.start([
        "generate", "a cat", "--provider", "replicate", "--model", "bytedance/seedream-4",
        "--reference", file.path,
      ])
      try await running.wait { await bench.gateway.ledger.uploads > 0 }
      running.signal(SIGKILL)
      _ = try await running.end()
      try await bench.succeed("sync")
      let ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 2 && ledger.charges.count == 1)
      try await bench.expectNothingLost()
    }
  }

  @Test("and is killed after the mark of a request with an upload sends it again only if asked to")
  func afterMarkWithUpload() async throws {
    try await SyncHarness.with(Script([Self.small])) { bench in
      try bench.configureProviders()
      let file = bench.harness.folder.appendingPathComponent("large.bmp")
      try Self.bitmap.write(to: file)
      bench.harness.environment["SEEDBANK_STOP_AT"] = DurableStep.submitMarked.rawValue
      let killed = try await bench.run(
        "generate", "a cat", "--provider", "replicate", "--model", "bytedance/seedream-4",
        "--reference", file.path)
      #expect(killed.status == -SIGKILL, "\(killed)")
      bench.harness.environment["SEEDBANK_STOP_AT"] = nil
      #expect(try await bench.run("sync").status == 69)
      var ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 1 && ledger.submits == 0)
      try await bench.succeed("sync", "--retry-unknown")
      ledger = await bench.gateway.ledger
      #expect(ledger.uploads == 2 && ledger.submits == 1 && ledger.charges.count == 1)
      try await bench.expectNothingLost()
    }
  }

  @Test("and is killed after a request that can be repeated sends it again without a charge")
  func repeated() async throws {
    let stall = Rule(on: .submit, nth: 1, Behaviour(connection: .stall))
    try await SyncHarness.with(Script([stall, Self.small])) { bench in
      try bench.configureProviders()
      let running = try await bench.harness.start([
        "generate", "a cat", "--provider", "replicate", "--model", "cog",
      ])
      try await running.wait { await !bench.gateway.ledger.charges.isEmpty }
      running.signal(SIGKILL)
      _ = try await running.end()
      try await bench.succeed("sync")
      let ledger = await bench.gateway.ledger
      #expect(ledger.submits == 2 && ledger.charges.count == 1)
      try await bench.expectNothingLost()
    }
  }

  @Test("reserves all images of a group within the budget of a day")
  func budget() async throws {
    try await SyncHarness.with(Script([Self.small])) { bench in
      try bench.configureProviders()
      bench.harness.environment["SEEDBANK_BUDGET_IMAGES_PER_DAY"] = "6"
      let group = ["generate", "a cat", "--count", "2", "--jobs", "1", "--group", "4"] + Case.ark
      let limited = try await bench.run(group)
      #expect(
        limited.status == 75 && limited.talk.contains("budget.images_per_day"), "\(limited)")
      #expect(await bench.gateway.ledger.charges.count == 1)
    }
  }
}
