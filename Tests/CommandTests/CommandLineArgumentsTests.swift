import Testing

@testable import seedbank

@Suite("Words with a dash among the arguments")
struct CommandLineArgumentsTests {
  @Test(
    "options stay options, other words with a dash become text",
    arguments: [
      (["cat"], ["cat"]),
      (["-tag:draft"], ["--", "-tag:draft"]),
      (["cat", "-blurry", "dog"], ["--", "cat", "-blurry", "dog"]),
      (["-blurry", "--format", "json", "cat"], ["--format", "json", "--", "-blurry", "cat"]),
      (["-blurry", "--format=json", "cat"], ["--format=json", "--", "-blurry", "cat"]),
      (["-blurry", "--quiet", "cat"], ["--quiet", "--", "-blurry", "cat"]),
      (["-x", "-0"], ["-0", "--", "-x"]),
      (["cat", "--", "-0", "-x"], ["--", "cat", "-0", "-x"]),
      (["-x", "--format", "--quiet"], ["--format", "--quiet", "--", "-x"]),
      (["-", "-x"], ["--", "-", "-x"]),
    ])
  func queryWords(typed: [String], read: [String]) throws {
    #expect(try CommandLineArguments.prepared(["show"] + typed) == ["show"] + read)
  }

  @Test(
    "options of every command may stand before it",
    arguments: [
      (["--library", "/x", "show", "1"], ["show", "1", "--library", "/x"]),
      (["--library=/x", "--quiet", "show"], ["show", "--library=/x", "--quiet"]),
      (["--quiet", "search", "--", "a"], ["search", "--quiet", "--", "a"]),
      (["--quiet", "search", "save", "n", "q"], ["search-save", "n", "q", "--quiet"]),
      (["--library", "/x"], ["--library", "/x"]), (["--quiet", "--help"], ["--quiet", "--help"]),
    ])
  func optionsFirst(typed: [String], read: [String]) throws {
    #expect(try CommandLineArguments.prepared(typed) == read)
  }

  @Test("a mistyped command is no query")
  func unknownCommand() {
    #expect(throws: Failure.self) { try CommandLineArguments.prepared(["saerch", "-x"]) }
  }
}
