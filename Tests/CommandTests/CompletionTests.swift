import Foundation
import SeedbankModel
import Testing

@testable import seedbank

@Suite("Completions")
struct CompletionTests {
  @Test(
    "a field is found whether the shell breaks words at colons or not",
    arguments: [
      (["tag:po"], 0, "tag:po", "tag", "po", "tag:"), (["-tag:"], 0, "-tag:", "tag", "", "-tag:"),
      (["tag", ":", "po"], 2, "po", "tag", "po", ""), (["-tag", ":"], 1, ":", "tag", "", ""),
    ])
  func fields(
    words: [String], index: Int, prefix: String, field: String, value: String, front: String
  ) {
    let typed = TypedWord(words, index, prefix)
    #expect(typed.field == field)
    #expect(typed.value == value)
    #expect(typed.front == front)
  }

  @Test("what is offered for a field is what a query takes")
  func offered() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    for (field, values) in FieldValues.fixed where field != "similar" {
      for value in values {
        let outcome = try await harness.succeed("search", "\(field):\(value)")
        #expect(!outcome.talk.contains("searched as text"), "\(field):\(value)")
      }
    }
  }

  @Test("bash completes tags, saved searches, models and ids from the library")
  func bash() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("x", tags: ["portrait", "people"])
    try await harness.succeed("search", "save", "best", "x")
    func completions(_ words: String...) async throws -> Set<String> {
      let list = (["seedbank"] + words).map { "'\($0)'" }.joined(separator: " ")
      let script = """
        PATH="$(dirname "$SEEDBANK"):$PATH"
        source <("$SEEDBANK" --generate-completion-script bash)
        COMP_WORDS=(\(list)); COMP_CWORD=\(words.count)
        COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
        _seedbank seedbank "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      return Set(
        try await harness.shell(script).lines.map { $0.trimmingCharacters(in: .whitespaces) })
    }
    #expect(try await completions("search", "tag", ":", "po") == ["portrait"])
    #expect(try await completions("search", "search", ":", "") == ["best"])
    #expect(try await completions("show", "@") == ["@last"])
    #expect(try await completions("show", "1").contains("1"))
    #expect(try await completions("sea").contains("search"))
  }

  @Test("zsh gets its colons escaped; options, tags to rename, searches to delete are offered")
  func zsh() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    let id = try sample.add("x", tags: ["portrait", "people"])
    try await harness.succeed("search", "save", "best", "x")
    try await harness.succeed("collection", "add", "picked", "x")
    harness.environment = ["SAP_SHELL": "zsh", "SAP_SHELL_VERSION": "5.9"]
    func offered(_ command: [String], _ argument: String, _ words: String...) async throws
      -> [String]
    {
      let line = ["seedbank"] + words
      let place = ["\(line.count - 1)", "\(words.last?.count ?? 0)"]
      return try await harness.succeed(
        ["---completion"] + command + ["--", argument] + place + line
      )
      .lines
    }
    #expect(
      try await offered(["search"], "positional@0", "search", "tag:po").contains("tag\\:portrait"))
    #expect(try await offered(["search"], "positional@0", "search", "delete", "b").contains("best"))
    #expect(try await offered(["tag"], "positional@0", "tag", "rename", "pe").contains("people"))
    #expect(try await offered(["tag"], "--add", "tag", "x", "--add", "po").contains("portrait"))
    #expect(
      try await offered(["collection", "list"], "positional@0", "collection", "list", "p")
        .contains("picked"))
    #expect(
      try await offered(["generate"], "--model", "generate", "x", "--model", "se")
        .contains("seedream-3-0-t2i-250415"))
    try sample.library.edit(.trash, on: [id], by: "ana", at: Timestamp(seconds: 9))
    #expect(
      try await offered(["trash", "restore"], "positional@0", "trash", "restore", "").contains("1"))
  }
}
