import Foundation
import SeedbankStorage
import Testing

@Suite("search and related commands")
struct SearchTests {
  let harness: Harness
  let sample: SampleLibrary

  init() throws {
    harness = try Harness()
    sample = try SampleLibrary(harness)
    try sample.add("a cat on a sofa", seed: 1, tags: ["pets", "draft"], shade: 3)
    try sample.add("a cat, fisheye, blurry", seed: 2, tags: ["pets"]) { $0.rating = 4 }
    try sample.add(
      "灯台の夕暮れ a lighthouse at dusk", seed: 3, tags: ["coast"], at: "2026-11-06T09:00:00Z")
    try sample.add("a dog and a cat", seed: 4, tags: ["client/acme"], shade: 3)
  }

  private func ids(_ words: String...) async throws -> [String] {
    try await harness.succeed(["search", "--format", "ids"] + words).lines
  }

  @Test("a cell that a spreadsheet would execute is made safe, as in a manifest")
  func formulas() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("=HYPERLINK(1)")
    let output = try await harness.succeed("search", "--format", "csv").output
    #expect(output.contains(",'=HYPERLINK(1),"), "\(output)")
  }

  @Test("a word with a dash works as typed, in every position")
  func dashes() async throws {
    #expect(try await ids("cat", "-tag:draft") == ["4", "2"])
    #expect(try await ids("-tag:draft", "cat") == ["4", "2"])
    #expect(try await ids("-blurry", "cat", "-tag:draft") == ["4"])
    #expect(try await ids("lighthouse", "OR", "-cat") == ["3"])
    #expect(try await harness.succeed("search", "-cat", "--count").output == "1\n")
    #expect(try await ids("--", "-cat") == ["3"])
  }

  @Test("a bare number is a word, and a note says which generation has that id")
  func numbers() async throws {
    try sample.add("apollo 4 on the pad", tags: ["space"])
    let outcome = try await harness.succeed("search", "4", "--format", "ids")
    #expect(outcome.lines == ["5"])
    #expect(outcome.talk.contains("'4' is searched as a word; #4 is the generation"))
    #expect(try await harness.succeed("search", "9").talk.isEmpty)
    #expect(try await ids("#4") == ["4"])
    #expect(try await ids("4,2") == ["4", "2"])
    #expect(try await ids("2..4") == ["4", "3", "2"])
    #expect(try await ids("@last") == ["5"])
    #expect(try await ids("cat", "1..2") == ["2", "1"])
    #expect(try await ids("cat", "-@last~1") == ["2", "1"])
    #expect(try await harness.run("search", "#99").status == 66)
    #expect(try await harness.run("search", "@last~99").status == 66)
  }

  @Test("a search with a required match ends with status 66 without one")
  func exitStatus() async throws {
    #expect(try await harness.run("search", "-e", "zebra").status == 66)
    #expect(try await harness.run("search", "--exit-status", "--count", "zebra").status == 66)
    try await harness.succeed("search", "-e", "cat")
  }

  @Test("only a table has a default limit, and a note says so")
  func cut() async throws {
    for index in 0..<60 { try sample.add("zebra", seed: Int64(1000 + index)) }
    let table = try await harness.succeed("search", "zebra")
    #expect(table.lines.count == 51)
    #expect(table.talk == "50 of 60 shown. More: --after 15. All: --limit 0.\n")
    #expect(try await ids("zebra").count == 60)
    #expect(try await ids("zebra", "-l", "7").count == 7)
    #expect(try await harness.succeed("search", "zebra", "-l0").lines.count == 61)
    for command in [["search", "--limit", "-1"], ["prompts", "-l", "-1"], ["history", "-l=-3"]] {
      let outcome = try await harness.run(command)
      #expect(
        outcome.status == 64 && outcome.talk.contains("--limit must be 0 or more"), "\(outcome)")
    }
  }

  @Test("a probable mistake in a query gets a note with a suggestion")
  func hints() async throws {
    #expect(try await harness.succeed("search", "cat", "or", "dog").talk.contains("cat OR dog"))
    #expect(try await harness.succeed("search", "stars:4").talk.contains("did you mean 'rating'"))
    #expect(try await harness.succeed("search", "date:2026").talk.contains("mean 'created'"))
  }

  @Test(
    "lists are printed in every format",
    arguments: [["tags"], ["saved"], ["prompts"], ["history"], ["collection"], ["duplicates"]])
  func lists(command: [String]) async throws {
    try await harness.succeed("collection", "add", "Faves", "1", "2")
    try await harness.succeed("saved", "add", "best", "cat")
    for format in ["table", "jsonl", "csv", "ids"] {
      #expect(
        try await !harness.succeed(command + ["--format", format]).output.isEmpty, "\(format)")
    }
    let json = try await harness.succeed(command + ["--json"]).standardOutput
    #expect(try JSONSerialization.jsonObject(with: json) is [Any])
  }

  @Test("a list of more prompts than are printed at a time is one list in every format")
  func manyPrompts() async throws {
    let names = (0..<600).map { "number \($0)" }
    let file = try harness.write(
      names.map { #"{"prompt":"\#($0)"}"# + "\n" }.joined(), to: "many.jsonl")
    try await harness.succeed("restore", file)
    func printed(_ format: String) async throws -> Harness.Outcome {
      try await harness.succeed("prompts", "number", "--limit", "0", "--format", format)
    }
    let json = try await JSONSerialization.jsonObject(with: printed("json").standardOutput)
    let prompts = try #require(json as? [[String: Any]])
    #expect(prompts.compactMap { $0["prompt"] as? String } == names.reversed())
    #expect(try await printed("json").lines.count == 1)
    #expect(try await printed("jsonl").lines.count == 600)
    #expect(try await printed("ids").lines.count == 600)
    let table = try await printed("table").lines
    #expect(table.count == 601 && table.count { $0.contains("uses") } == 1)
    let rows = try await printed("csv").output.split(separator: "\r\n")
    #expect(rows.count == 601 && rows.count { $0.contains("uses") } == 1)
    let none = try await harness.succeed("prompts", "absent", "--format", "csv")
    #expect(none.lines.count == 1)
  }

  @Test("the words save, list and delete are searched after two dashes")
  func wordsOfCommands() async throws {
    try sample.add("save the whales")
    #expect(try await ids("--", "save", "whales") == ["5"])
  }

  @Test(
    "a query is printed in every format, and counted", arguments: ["table", "json", "csv", "paths"])
  func formats(format: String) async throws {
    let outcome = try await harness.succeed("search", "cat", "--format", format)
    try expectSnapshot(
      outcome.output.replacingOccurrences(of: harness.library.path, with: "LIBRARY"),
      "search-\(format)")
  }

  @Test("only matched words are highlighted")
  func lit() async throws {
    let outcome = try await harness.succeed("search", "cat", "--color", "always", "--limit", "1")
    #expect(outcome.output.contains("a dog and a \u{1B}[1;33mcat\u{1B}[0m"))
    #expect(try await !harness.succeed("search", "cat").output.contains("\u{1B}"))
  }

  @Test("the next page starts after the last id")
  func pages() async throws {
    #expect(try await ids("cat", "--limit", "2") == ["4", "2"])
    #expect(try await ids("cat", "--limit", "2", "--after", "2") == ["1"])
    #expect(try await ids("cat", "--limit", "0", "--sort", "oldest") == ["1", "2", "4"])
    let shuffled = try await harness.succeed("search", "--sort", "random:7", "--format", "ids")
      .output
    #expect(
      try await harness.succeed("search", "--sort", "random:7", "--format", "ids").output
        == shuffled)
  }

  @Test("the next page starts after the last id, also if it has left the results")
  func pagesAfterDeletion() async throws {
    #expect(try await ids("cat", "--reverse", "--limit", "2") == ["1", "2"])
    try await harness.succeed("delete", "#2")
    #expect(try await ids("cat", "--reverse", "--after", "2") == ["4"])
    #expect(try await ids("cat", "--after", "2") == ["1"])
    #expect(try await ids("--sort", "rating", "--after", "2") == ["4", "3", "1"])
    #expect(try await ids("--sort", "rating", "--reverse", "--after", "2") == [])
    try await harness.succeed("trash", "empty", "--yes")
    for options in [[], ["--reverse"], ["--sort", "rating"]] {
      let outcome = try await harness.run(["search", "--after", "2"] + options)
      #expect(outcome.status == 66 && outcome.talk.contains("generation 2 is not in the results"))
    }
  }

  @Test("a limit may be any number")
  func largeLimits() async throws {
    for index in 0..<70 { try sample.add("zebra", seed: Int64(1_000 + index)) }
    let most = "9223372036854775807"
    #expect(try await ids("z*", "--limit", most).count == 70)
    #expect(try await ids("z*", "--limit", "200000000000000000").count == 70)
    #expect(try await harness.succeed("search", "z*", "--limit", most).lines.count == 71)
    for command in [["prompts"], ["history"], ["trash", "list"]] {
      try await harness.succeed(command + ["--limit", most])
    }
  }

  @Test("facets are the most frequent tags, models and sizes")
  func facets() async throws {
    try await expectSnapshot(harness.succeed("search", "cat", "--facets").output, "search-facets")
    let json = try await harness.succeed("search", "cat", "--facets", "--format", "json")
      .standardOutput
    let object = try JSONSerialization.jsonObject(with: json) as? [String: Any]
    #expect(object?["total"] as? Int == 3)
  }

  @Test("an invalid value of a field ends with status 64 and shows its position")
  func impossibleValue() async throws {
    let outcome = try await harness.run("search", "cat", "rating:9")
    #expect(outcome.status == 64)
    #expect(
      outcome.talk.hasPrefix(
        """
        seedbank: '9' is not a valid value of 'rating'
            cat rating:9
                       ^
          hint: write
        """))
  }

  @Test("an unknown field is searched as text, with a note")
  func unknownField() async throws {
    let outcome = try await harness.succeed("search", "stlye:oil")
    #expect(outcome.output.isEmpty)
    #expect(outcome.talk.contains("the field 'stlye' does not exist; searched as text"))
  }

  @Test(
    "no typed text causes an internal error",
    arguments: [
      "\"", "(", ")))", "*", ":", "tag:", "a:b:c", "'", "NOT", "OR", "- -", "\u{1B}[31m",
      "é\u{301}",
    ])
  func anyText(text: String) async throws {
    #expect(try await harness.run("search", text).status == 0)
  }

  @Test("old names of the commands for saved searches still work")
  func oldSpellings() async throws {
    try await harness.succeed("search", "save", "clean", "cat")
    #expect(try await harness.succeed("search", "list").output.contains("clean"))
    try await harness.succeed("search", "delete", "clean")
    #expect(try await !harness.succeed("--help").output.contains("search-save"))
  }

  @Test("saved searches are created, used, listed, replaced and deleted")
  func savedSearches() async throws {
    try await harness.succeed("saved", "add", "clean", "cat", "-tag:draft", "--dry-run")
    #expect(try await harness.succeed("saved", "list").output.isEmpty)
    try await harness.succeed("saved", "add", "clean", "cat", "-tag:draft")
    #expect(try await ids("search:clean") == ["4", "2"])
    #expect(try await ids("search:clean", "dog") == ["4"])
    #expect(try await harness.succeed("saved", "list").output.contains("cat -tag:draft"))
    #expect(
      try await harness.succeed("saved", "add", "clean", "dog").output.contains("instead of"))
    #expect(try await harness.run("saved", "add", "bad", "rating:9").status == 64)
    try await harness.succeed("saved", "delete", "clean")
    #expect(try await harness.run("search", "search:clean").status == 66)
    #expect(try await harness.run("saved", "delete", "clean").status == 66)
  }

  @Test("saved searches that refer to each other are refused")
  func circle() async throws {
    try await harness.succeed("saved", "add", "one", "cat")
    try await harness.succeed("saved", "add", "two", "search:one")
    let outcome = try await harness.run("saved", "add", "one", "search:two")
    #expect(outcome.status == 65, "\(outcome)")
  }

  @Test("a query without a condition is not saved", arguments: ["", "  ", "&"])
  func emptySavedSearch(query: String) async throws {
    let outcome = try await harness.run("saved", "add", "mine", query)
    #expect(outcome.status == 64 && outcome.talk.contains("so it was not saved"), "\(outcome)")
    #expect(try await harness.succeed("saved", "list").output.isEmpty)
  }

  @Test("a saved search of a similar name is neither replaced nor a cycle")
  func similarNames() async throws {
    let (composed, decomposed) = ("\u{E9}t\u{E9}", "e\u{301}te\u{301}")
    try await harness.succeed("saved", "add", composed, "cat")
    for (name, query) in [(decomposed, "dog"), ("ETE", "search:\(composed)")] {
      let outcome = try await harness.succeed("saved", "add", name, query)
      #expect(!outcome.output.contains("instead of"), "\(outcome)")
    }
    #expect(try await ids("search:ETE") == ["4", "2", "1"])
    let replaced = try await harness.succeed("saved", "add", composed, "sofa")
    #expect(replaced.output.contains(", instead of: cat"), "\(replaced)")
  }

  @Test("similar: finds similar images of a generation or an image file")
  func similar() async throws {
    #expect(try await ids("similar:1") == ["4", "1"])
    try Data(SampleLibrary.recompressed(3)).write(
      to: harness.folder.appendingPathComponent("copy.jpg"))
    #expect(try await ids("similar:copy.jpg", "dog") == ["4"])
    #expect(try await harness.run("search", "similar:77").status == 66)
  }

  @Test("prompts are listed with their results")
  func prompts() async throws {
    try sample.add("a dog and a cat", seed: 5) { $0.rating = 5 }
    try await expectSnapshot(harness.succeed("prompts", "cat").output, "prompts")
    let json = try await harness.succeed("prompts", "dog", "--format", "json").standardOutput
    let list = try JSONSerialization.jsonObject(with: json) as? [[String: Any]]
    #expect(list?.first?["uses"] as? Int == 2)
    #expect(list?.first?["best_rating"] as? Int == 5)
  }

  @Test("diff shows fields and the prompt word by word")
  func difference() async throws {
    try await expectSnapshot(harness.succeed("diff", "1", "4").output, "diff")
    #expect(try await harness.succeed("diff", "1", "1").output == "Nothing differs.\n")
  }

  @Test("siblings that differ only by the seed are shown")
  func siblings() async throws {
    try sample.add("a cat on a sofa", seed: 77)
    #expect(try await harness.succeed("show", "1").output.contains("siblings   5"))
  }

  @Test("dates are in local time")
  func timeZone() async throws {
    try sample.add("late", at: "2026-11-30T23:30:00Z")
    #expect(try await ids("created:2026-12").isEmpty)
    harness.environment["TZ"] = "Asia/Tokyo"
    #expect(try await ids("created:2026-12") == ["5"])
    #expect(try await harness.succeed("search", "late").output.contains("2026-12-01 08:30"))
  }
}
