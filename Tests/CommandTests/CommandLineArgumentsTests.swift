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

  @Test("a mistyped command is no query")
  func unknownCommand() {
    #expect(throws: Failure.self) { try CommandLineArguments.prepared(["saerch", "-x"]) }
  }
}
