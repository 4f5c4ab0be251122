import Foundation
import SeedbankStorage
import Testing

@Suite("Commands that edit") struct EditTests {
  let harness: Harness
  let sample: SampleLibrary

  init() throws {
    harness = try Harness()
    sample = try SampleLibrary(harness)
    for prompt in [
      "a designer's desk in the morning, top view", "a cat, 3 lamps", "5 boats", "a lighthouse",
      "a dog", "", "灯台の夕暮れ、水彩画、柔らかい光、静かな海と小さな船、遠くの山々",
    ] { try sample.add(prompt) }
  }

  private func ids(_ query: String...) async throws -> [String] {
    try await harness.succeed(["search", "--format", "ids", "--sort", "oldest"] + query).lines
  }

  @Test(
    "references select generations in every form, and several select all of them",
    arguments: [
      (["3"], ["3"]), (["#3"], ["3"]), (["3", "1"], ["1", "3"]), (["3,1"], ["1", "3"]),
      (["3\n1\n"], ["1", "3"]), (["2..4"], ["2", "3", "4"]),
      (["#2..#4", "1"], ["1", "2", "3", "4"]),
      (["@last"], ["7"]), (["@last~2"], ["5"]), (["id:3"], ["3"]), (["id:3,1"], ["1", "3"]),
      (["text:3"], ["2"]), (["\"5\""], ["3"]), (["5", "boats"], ["3"]),
      (["3", "OR", "#1"], ["1", "2"]),
    ])
  func references(typed: [String], chosen: [String]) async throws {
    try await harness.succeed(["rate"] + typed + ["--stars", "4"])
    #expect(try await ids("rating:4") == chosen)
  }

  @Test(
    "a reference that does not exist ends with 66, and nothing is changed",
    arguments: [
      ["1", "99"], ["#99"], ["1,99"], ["90..99"], ["@last~50"], ["0193abcd"], ["sha256:ab"],
    ])
  func missingReference(typed: [String]) async throws {
    let outcome = try await harness.run(["delete"] + typed)
    #expect(outcome.status == 66, "\(outcome)")
    #expect(outcome.output.isEmpty)
    #expect(try await ids().count == 7)
  }

  @Test("an image file is a reference, by its path or its digest")
  func picture() async throws {
    try sample.add("with an image", shade: 3)
    try Data(SampleLibrary.picture(3)).write(
      to: harness.folder.appendingPathComponent("my copy.png"))
    try await harness.succeed("rate", "my copy.png", "--stars", "2")
    #expect(try await ids("rating:2") == ["8"])
    #expect(try await ids("my copy.png") == ["8"])
    try await harness.succeed("favorite", "./my copy.png", "1")
    #expect(try await ids("is:favorite") == ["1", "8"])
  }

  @Test("an edit reports the changed generations and how to undo it")
  func sentence() async throws {
    #expect(
      try await harness.succeed("delete", "1").output
        == "Moved 1 generation to the trash: 1 'a designer's desk in the…'. Undo: `seedbank undo`.\n"
    )
    let tagged = try await harness.succeed("tag", "2..7", "--add", "coast")
    #expect(
      tagged.output
        == "Added the tag coast to 6 generations: 2 'a cat, 3 lamps', 3 '5 boats', 4 'a lighthouse', "
        + "5 'a dog', 6 and 1 more. Undo: `seedbank undo`.\n")
    #expect(
      try await harness.succeed("tag", "2", "--add", "coast").output
        == "Nothing was changed: 1 generation needs no change.\n")
    #expect(
      try await harness.succeed("note", "2", "the light").output
        == "Set the note of 1 generation: 2 'a cat, 3 lamps'. Undo: `seedbank undo`.\n")
    let all = try await harness.succeed("rate", "2..7", "--stars", "1", "--verbose")
    #expect(all.lines.first == "Rated 6 generations with 1 star:" && all.lines.count == 8)
  }

  @Test("a dry run lists every generation and changes none, with both names of the option")
  func dryRun() async throws {
    for option in ["-n", "--dry-run"] {
      let outcome = try await harness.succeed("delete", "1..", option)
      #expect(outcome.lines.first == "Would move 7 generations to the trash:")
      #expect(outcome.lines.count == 8 && outcome.lines[4] == "  4 'a lighthouse'")
    }
    let json = try await harness.succeed("delete", "1,2", "-n", "--format", "json").standardOutput
    let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    #expect(object["ids"] as? [Int] == [1, 2] && object["dry_run"] as? Bool == true)
    #expect(try await ids().count == 7)
    #expect(try await harness.run("delete", "cat", "-x").status == 64)
    #expect(try await harness.run("delete", "cat", "-ny").status == 64)
    #expect(try await ids().count == 7)
  }

  @Test("an edit that matches nothing ends with 66 and the reason")
  func noMatch() async throws {
    try await harness.succeed("tag", "1", "--add", "draft")
    for (query, reason) in [
      (["zebra"], "no generation matches 'zebra'; nothing was changed"),
      (["tag:drfat"], "the tag 'drfat' does not exist; did you mean 'draft'?"),
      (["cat", "zebra"], "'zebra' alone matches nothing"),
      (["cat", "boats"], "every word must match the same generation"),
    ] {
      let outcome = try await harness.run(["rate"] + query + ["--stars", "3"])
      #expect(outcome.status == 66 && outcome.talk.contains(reason), "\(outcome)")
    }
  }

  @Test("a saved search without a condition selects nothing, also if it comes from a dump")
  func emptySavedSearch() async throws {
    for (name, query) in [("blank", ""), ("sign", "&")] {
      let line = """
        {"library_field":"search/\(name)","value":{"query":"\(query)","created_at":1}}

        """
      try await harness.succeed("restore", "-", input: Data(line.utf8))
      try #require(try await harness.succeed("saved", "list").output.contains(name))
      for words in [["search:\(name)"], ["-search:\(name)"], ["search:\(name)", "OR", "cat"]] {
        let outcome = try await harness.run(["delete"] + words)
        #expect(outcome.status == 65, "\(outcome)")
        #expect(outcome.talk.contains("the saved search '\(name)' has no"), "\(outcome)")
      }
    }
    #expect(try await ids().count == 7)
  }

  @Test("the number of edits to undo may be any number")
  func manyUndos() async throws {
    for command in ["undo", "redo"] {
      let outcome = try await harness.run(command, "--count", "4000000000")
      #expect(outcome.status == 66 && outcome.talk.contains("is left to \(command)"), "\(outcome)")
    }
    try await harness.succeed("rate", "1", "--stars", "3")
    let outcome = try await harness.run("undo", "--count", "\(Int.max)")
    #expect(outcome.status == 66 && outcome.talk.contains("only 1 edit can be"), "\(outcome)")
    #expect(try await ids("rating:3") == ["1"])
  }

  @Test("names of collections can be ended with NUL")
  func collectionNames() async throws {
    try await harness.succeed("collection", "add", "Best of May", "1")
    let outcome = try await harness.succeed("collection", "list", "--format", "ids", "-0")
    #expect(outcome.output == "Best of May\0")
  }

  @Test("an export to an empty path is refused")
  func emptyPath() async throws {
    let outcome = try await harness.run("export", "1", "--to", "")
    #expect(outcome.status == 64 && outcome.talk.contains("--to is empty"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: harness.folder.path + "/index.html"))
  }

  @Test("a generation in the trash is not edited, and only the trash is restored from")
  func trashed() async throws {
    try await harness.succeed("delete", "1")
    let rated = try await harness.run("rate", "1", "--stars", "3")
    #expect(rated.status == 66 && rated.talk.contains("`seedbank trash restore 1`"), "\(rated)")
    #expect(try await harness.run("trash", "restore", "2").status == 66)
    #expect(
      try await harness.succeed("trash", "restore", "#1").output
        .hasPrefix("Restored 1 generation from the trash: 1 '"))
    #expect(try await harness.run("trash", "restore").talk.contains("the trash is empty"))
  }

  @Test("the trash is emptied also of generations that another clock moved there later than now")
  func trashOfAnotherClock() async throws {
    let line = Data(#"{"prompt":"x","trashed_at":"9000-01-01T00:00:00Z"}"#.utf8)
    try await harness.succeed("restore", "-", input: line)
    #expect(try await harness.succeed("trash", "list", "--format", "ids").lines == ["8"])
    let emptied = try await harness.succeed("trash", "empty", "--yes")
    #expect(emptied.output.hasPrefix("removed: 1 generation, "), "\(emptied)")
    #expect(try await harness.succeed("trash", "list", "--format", "ids").output.isEmpty)
  }

  @Test("a note that was edited while the editor was open is kept, and the text is in a file")
  func noteEditedMeanwhile() async throws {
    harness.environment["TMPDIR"] = harness.folder.path
    harness.environment["EDITOR"] =
      "sh -c '\"$SEEDBANK\" note 1 theirs && echo mine > \"$1\"' sh"
    let outcome = try await harness.shell("\"$SEEDBANK\" note 1 </dev/null")
    #expect(outcome.status == 75, "\(outcome)")
    #expect(outcome.talk.contains("the note was edited meanwhile"), "\(outcome)")
    #expect(try await harness.succeed("show", "1", "--json").output.contains("\"theirs\""))
    let files = try FileManager.default.contentsOfDirectory(atPath: harness.folder.path)
      .filter { $0.hasPrefix("seedbank-note-") }
    let file = try #require(files.first)
    #expect(files.count == 1 && outcome.talk.contains(file), "\(outcome)")
    let text = try String(contentsOfFile: harness.folder.path + "/" + file, encoding: .utf8)
    #expect(text == "mine\n")
  }

  @Test("a text from the editor that cannot be saved stays in its file, which the error names")
  func unsavedNote() async throws {
    harness.environment["TMPDIR"] = harness.folder.path
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: harness.folder.path)
        .filter { $0.hasPrefix("seedbank-note-") }
    }
    harness.environment["EDITOR"] = "printf 'mine \\377' >"
    let damaged = try await harness.run("note", "1")
    #expect(damaged.status == 65, "\(damaged)")
    let file = try #require(try files().first)
    #expect(damaged.talk.contains("your text is in \(harness.folder.path)/\(file)"), "\(damaged)")
    let kept = FileManager.default.contents(atPath: harness.folder.path + "/" + file)
    #expect(kept == Data("mine ".utf8) + Data([0xFF]))
    // An empty text and a saved one leave no file.
    harness.environment["EDITOR"] = "true"
    #expect(try await harness.run("note", "1", "--append").status == 64)
    harness.environment["EDITOR"] = "echo mine >"
    try await harness.succeed("note", "1")
    #expect(try files() == [file])
  }

  @Test("an undo that cannot restore anything reports it, with status 66")
  func undoWithoutEffect() async throws {
    try await harness.succeed("rate", "1", "--stars", "3")
    try await harness.succeed("delete", "1")
    try await harness.succeed("trash", "empty", "--yes")
    let outcome = try await harness.run("undo")
    #expect(outcome.status == 66 && outcome.output.hasPrefix("not undone: "), "\(outcome)")
    #expect(outcome.talk.contains("permanently deleted"))
  }

  @Test("ids from a search can be passed to an edit through xargs and variables")
  func pipes() async throws {
    let piped = try await harness.shell(
      "\"$SEEDBANK\" search cat --format ids | xargs \"$SEEDBANK\" collection add Faves")
    #expect(piped.status == 0, "\(piped)")
    let variable = try await harness.shell(
      "ids=$(\"$SEEDBANK\" search dog OR boats -f ids); \"$SEEDBANK\" collection add Faves \"$ids\""
    )
    #expect(variable.status == 0, "\(variable)")
    let listed = try await harness.succeed("collection", "list", "Faves", "--format", "ids")
    #expect(listed.lines == ["2", "5", "3"])
    try await harness.succeed("collection", "arrange", "Faves", "3", "5")
    #expect(try await harness.succeed("collection", "Faves", "-f", "ids").lines == ["3", "5", "2"])
  }

  @Test("a note is appended to, read from a pipe, and written in an editor")
  func notes() async throws {
    func note() async throws -> String? {
      let json = try await harness.succeed("show", "1", "--json").standardOutput
      let object = try JSONSerialization.jsonObject(with: json)
      return ((object as? [String: Any]) ?? (object as? [[String: Any]])?.first)?["note"] as? String
    }
    try await harness.succeed("note", "1", "first")
    try await harness.succeed("note", "1", "--append", "second")
    #expect(try await note() == "first\nsecond")
    try await harness.succeed("note", "#1", "-", input: Data("third\n\n".utf8))
    #expect(try await note() == "third")
    try await harness.succeed("note", "1", "--append", input: Data("piped".utf8))
    #expect(try await note() == "third\npiped")
    harness.environment["EDITOR"] = "sed -i -e s/third/edited/"
    try await harness.succeed("note", "1")
    #expect(try await note() == "edited\npiped")
    harness.environment["EDITOR"] = "false"
    #expect(try await harness.run("note", "1").status == 75)
    harness.environment["EDITOR"] = nil
    let missing = try await harness.run("note", "1")
    #expect(missing.status == 64 && missing.talk.contains("the text of the note is missing"))
    #expect(try await harness.run("note", "1", "-", input: Data([0xFF])).status == 65)
    #expect(try await note() == "edited\npiped")
  }
}
