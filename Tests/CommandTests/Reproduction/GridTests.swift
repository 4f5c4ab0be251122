import FilePaths
import Foundation
import GatewaySimulator
import SeedbankImaging
import Testing

@Suite("reproduce --vary")
struct GridTests {
  private static let grid = [
    "reproduce", "1", "--vary", "guidance_scale=2,4", "--vary", "seed=1..3",
  ]

  private func sheet(_ bench: SyncHarness, _ name: String = "grid.png") throws -> Pixels {
    let path = bench.harness.folder.appendingPathComponent(name).path
    return try Picture.decode(contentsOf: FilePath(path)).upright
  }

  @Test("generates every combination and draws them on a labelled sheet")
  func contactSheet() async throws {
    let script = Script([Rule(on: .submit, nth: 3, Behaviour(refusal: .sensitivePrompt))])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a cat", "--seed", "9")
      let outcome = try await bench.run(
        Self.grid + ["--jobs", "1", "--contact-sheet", "grid.png"])
      #expect(outcome.status == 69, "\(outcome)")
      let charges = await bench.gateway.ledger.charges.dropFirst()
      #expect(charges.map(\.seed) == [1, 3, 1, 2, 3])
      let page = try sheet(bench)
      // The grid has three columns and two rows of cells of 320 pixels, and space for the labels.
      #expect(page.width > 3 * 320 && page.height > 2 * 320)
      #expect(
        try Picture.decode(contentsOf: FilePath(bench.harness.folder.path + "/grid.png")).header
          .format
          == .png)
    }
  }

  @Test("pays nothing twice when repeated with --reuse")
  func reuse() async throws {
    let script = Script([Rule(on: .submit, nth: 3, Behaviour(refusal: .sensitivePrompt))])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a cat", "--seed", "2")
      #expect(try await bench.run(Self.grid).status == 69)
      #expect(await bench.gateway.ledger.charges.count == 6)
      let again = try await bench.succeed(
        Self.grid + ["--reuse", "--contact-sheet", "grid.webp"])
      #expect(again.talk.contains("5 of 6 images already exist and are reused"), "\(again)")
      #expect(await bench.gateway.ledger.charges.count == 7)
      #expect(await bench.gateway.ledger.paidTwice.isEmpty)
      _ = try sheet(bench, "grid.webp")
      let nothing = try await bench.succeed(Self.grid + ["--reuse", "--format", "ids"])
      #expect(nothing.lines.count == 6, "\(nothing)")
      #expect(await bench.gateway.ledger.charges.count == 7)
    }
  }

  @Test("of models requests an image of each model, also with --reuse")
  func models() async throws {
    let script = Script([
      Rule(
        on: .submit,
        Behaviour(
          job: JobPlan(statuses: ["pending", "succeeded"]), picture: Alteration(size: "64x64")))
    ])
    try await SyncHarness.with(script) { bench in
      try bench.configureProviders()
      let models = ["v4", "v4.5"].map { "fal-ai/bytedance/seedream/\($0)/text-to-image" }
      try await bench.succeed(
        "generate", "a cat", "--provider", "fal", "--model", models[0], "--size", "2K", "--seed",
        "7")
      let grid = ["reproduce", "1", "--vary", "model=" + models.joined(separator: ","), "--reuse"]
      let first = try await bench.succeed(grid)
      #expect(first.talk.contains("1 of 2 images already exists and is reused"), "\(first)")
      let second = try await bench.succeed(grid)
      #expect(second.talk.contains("2 of 2 images already exist and are reused"), "\(second)")
      let charged = await bench.gateway.ledger.charges.map(\.model)
      #expect(charged.count == 2, "\(charged)")
      #expect(zip(charged, models).allSatisfy { $0.0.hasSuffix($0.1) }, "\(charged)")
    }
  }

  @Test("of one field draws each value below its image")
  func oneAxis() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--seed", "2")
      try await bench.succeed("reproduce", "1", "--count", "2", "--contact-sheet", "row.jpg")
      let page = try sheet(bench, "row.jpg")
      #expect(page.width > 2 * 320 && page.height < 2 * 320)
    }
  }

  @Test("writes the sheet only when all images exist, and says how to get it")
  func unfinished() async throws {
    let script = Script([
      Rule(
        on: .submit, from: 2,
        Behaviour(accept: Acceptance(style: .job), job: JobPlan(statuses: ["pending"])))
    ])
    try await SyncHarness.with(script) { bench in
      try await bench.succeed("generate", "a cat", "--seed", "2")
      let outcome = try await bench.run(
        "reproduce", "1", "--vary", "seed=4,5", "--contact-sheet", "grid.png", "--deadline", "0.1")
      #expect(outcome.status == 75, "\(outcome)")
      #expect(outcome.talk.contains("--reuse"), "\(outcome)")
      let path = bench.harness.folder.path + "/grid.png"
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("refuses impossible sheets and requests before anything is paid for")
  func refusals() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--seed", "2", "--no-wait")
      _ = try bench.harness.write("mine", to: "taken.png")
      let wrong: [([String], Int32)] = [
        (["--vary", "seed=1..2", "--contact-sheet", "taken.png"], 73),
        (["--vary", "seed=1..2", "--contact-sheet", "no/such/folder.png"], 73),
        (["--vary", "seed=1..2", "--contact-sheet", "grid.txt"], 64),
        (["--contact-sheet", "grid.png"], 64),
        (["--vary", "seed=1..2", "--contact-sheet", "grid.png", "--no-wait"], 64),
        (["--vary", "seed=1,2", "--vary", "seed=3,4"], 64),
        (["--vary", "size=512x512,640x640", "--set", "size=700x700"], 64),
        (["--vary", "seed=-9223372036854775808..9223372036854775807"], 64),
        (["--vary", "guidance_scale=2,11"], 64), (["--vary", "colour=red"], 64),
        (["--vary", "seed=1,2", "--count", "3"], 64),
      ]
      for (arguments, status) in wrong {
        let outcome = try await bench.run(["reproduce", "1"] + arguments)
        #expect(outcome.status == status, "\(outcome)")
      }
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }
}
