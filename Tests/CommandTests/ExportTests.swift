import Foundation
import Testing

@Suite("seedbank export") struct ExportTests {
  private func harness() throws -> Harness {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse at dusk", seed: 42, tags: ["coast"], shade: 1)
    try sample.add("a cat in a hat", seed: 43, tags: ["animals"], shade: 2)
    return harness
  }

  @Test("images, page and manifests are in the folder, and the path of the page is printed")
  func folder() async throws {
    let harness = try harness()
    let outcome = try await harness.succeed("export", "lighthouse", "--to", "out")
    #expect(outcome.lines == [harness.folder.path + "/out/index.html"])
    #expect(outcome.talk.contains("exported: 1 new, 0 updated, 0 unchanged"))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: harness.folder.path + "/out")
    #expect(
      names.sorted() == [
        ".seedbank-export.jsonl", "0001-a-lighthouse-at-dusk-42.png", "index.html", "manifest.csv",
        "manifest.jsonl", "thumbnails",
      ])
    let again = try await harness.succeed("export", "lighthouse", "--to", "out")
    #expect(again.talk.contains("0 new, 0 updated, 1 unchanged"))
  }

  @Test("an export for a client contains neither notes nor ratings in any file")
  func client() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse", shade: 1) { draft in
      draft.note = "too dark for them"
      draft.rating = 2
    }
    func exported(_ options: String...) async throws -> (note: Bool, rating: Bool) {
      try? FileManager.default.removeItem(atPath: harness.folder.path + "/out")
      try await harness.succeed(["export", "lighthouse", "--to", "out"] + options)
      let found = try await harness.shell(
        "grep -rlia 'too dark for them' out; echo ==; grep -rlE 'Rating>2|\"rating\":2' -a out")
      let parts = found.output.split(separator: "==", omittingEmptySubsequences: false)
      return (parts[0].contains("out"), parts[1].contains("out"))
    }
    #expect(try await exported() == (true, true))
    #expect(try await exported("--client") == (false, false))
    #expect(try await exported("--title", "Harbour lights") == (false, false))
    #expect(try await exported("--without", "note") == (false, true))
    #expect(try await exported("--title", "Mine", "--without", "none") == (true, true))
    let page = try String(contentsOfFile: harness.folder.path + "/out/index.html", encoding: .utf8)
    #expect(page.contains("<title>Mine"))
    #expect(try await harness.run("export", "x", "--to", "o", "--without", "prompt").status == 64)
  }

  @Test("--force replaces a page that was not written by an export, but no image")
  func force() async throws {
    let harness = try harness()
    let page = try harness.write("mine", to: "out/index.html")
    let image = try harness.write("mine", to: "out/0001-a-lighthouse-at-dusk-42.png")
    #expect(try await harness.run("export", "lighthouse", "--to", "out").status == 73)
    #expect(try String(contentsOfFile: page, encoding: .utf8) == "mine")
    #expect(try await harness.run("export", "lighthouse", "--to", "out", "--force").status == 73)
    #expect(try String(contentsOfFile: page, encoding: .utf8) != "mine")
    #expect(try String(contentsOfFile: image, encoding: .utf8) == "mine")
  }

  @Test("a dry run prints the plan and writes nothing")
  func dryRun() async throws {
    let harness = try harness()
    let outcome = try await harness.succeed(
      "export", "-tag:animals", "--to", "out", "--name", "{created:%Y}/{seed:05}", "--dry-run")
    #expect(outcome.lines == ["write\t2026/00042.png"])
    #expect(!FileManager.default.fileExists(atPath: harness.folder.path + "/out"))
  }

  @Test("a file that was not written by an export is kept, with status 73")
  func foreign() async throws {
    let harness = try harness()
    let mine = try harness.write("mine", to: "out/1.png")
    let outcome = try await harness.run("export", "lighthouse", "--to", "out", "--name", "{id}")
    #expect(outcome.status == 73)
    #expect(outcome.talk.contains("1.png was not replaced: it was not written by an export"))
    #expect(FileManager.default.contents(atPath: mine) == Data("mine".utf8))
  }

  @Test("the error for a bad template has the position and a suggestion")
  func badTemplate() async throws {
    let harness = try harness()
    let outcome = try await harness.run("export", "cat", "--to", "out", "--name", "x{promt}")
    #expect(outcome.status == 64)
    #expect(outcome.talk.contains("'promt'") && outcome.talk.contains("{prompt}"))
  }

  @Test("an export without matches says so and prunes nothing")
  func nothing() async throws {
    let harness = try harness()
    try await harness.succeed("export", "cat", "--to", "out")
    let outcome = try await harness.run("export", "dinosaur", "--to", "out", "--prune")
    #expect(outcome.status == 66)
    let names = try FileManager.default.contentsOfDirectory(atPath: harness.folder.path + "/out")
    #expect(names.contains("0002-a-cat-in-a-hat-43.png"))
  }

  @Test("options create an archive, a contact sheet, links and stripped files")
  func shapes() async throws {
    let harness = try harness()
    let zip = try await harness.succeed("export", "cat OR lighthouse", "--to", "all", "--zip")
    #expect(zip.lines == [harness.folder.path + "/all.zip"])
    try await harness.succeed(
      "export", "cat", "--to", "sheet", "--contact-sheet", "--sheet-columns", "1")
    #expect(
      FileManager.default.fileExists(
        atPath: harness.folder.path + "/sheet/contact-sheet-001.jpg"))
    let linked = try await harness.succeed("export", "cat", "--to", "links", "--link", "hard")
    #expect(!linked.talk.contains("copied"))
    let copied = try await harness.succeed(
      "export", "cat", "--to", "copies", "--link", "hard", "--metadata", "embed")
    #expect(copied.talk.contains("copied, not linked"))
    try await harness.succeed("export", "cat", "--to", "bare", "--strip")
    let names = try FileManager.default.contentsOfDirectory(atPath: harness.folder.path + "/bare")
    #expect(names.sorted() == [".seedbank-export.jsonl", "0001.png"])
  }

  @Test("the first signal ends an export with status 75, and it says how to continue")
  func stopped() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    for shade in 1...40 { try sample.add("a cat", seed: Int64(shade), shade: UInt8(shade)) }
    // If an export ends before the signal arrives, another one is started.
    for number in 1...50 {
      let folder = "out-\(number)"
      let running = try await harness.start(["export", "cat", "--to", folder])
      let path = harness.folder.appendingPathComponent(folder).path
      try await running.wait { FileManager.default.fileExists(atPath: path) }
      running.signal(SIGINT)
      let outcome = try await running.end()
      guard outcome.status != 0 else { continue }
      #expect(outcome.status == 75, "\(outcome)")
      #expect(outcome.talk.contains("export stopped"), "\(outcome)")
      #expect(outcome.talk.contains("run the same command again"), "\(outcome)")
      return
    }
    Issue.record("every export ended before the signal arrived")
  }

  @Test("options that cannot be combined are refused before anything is done")
  func exclusions() async throws {
    let harness = try harness()
    for options in [
      ["--strip", "--metadata", "embed"], ["--zip", "--link", "hard"], ["--zip", "--prune"],
      ["--sheet-rows", "3"], ["--contact-sheet", "--sheet-cell", "9"], ["--link", "soft"],
    ] {
      let outcome = try await harness.run(["export", "cat", "--to", "out"] + options)
      #expect(outcome.status == 64, "\(outcome)")
    }
    #expect(!FileManager.default.fileExists(atPath: harness.folder.path + "/out"))
  }
}
