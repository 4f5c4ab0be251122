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

  /// A byte that is not UTF-8, as `RawText` has it.
  private static let damaged = RawText.text(of: [0x61, 0xE9])

  @Test(
    "texts that are not UTF-8 are refused in every command",
    arguments: [
      ["generate", damaged], ["generate", "a", "--set", "x=" + damaged],
      ["generate", "a", "--tag=" + damaged], ["generate", "--model", damaged, "a"],
      ["note", "1", damaged], ["tag", "1", "--add", damaged], ["tag-rename", "a", damaged],
      ["collection", "add", damaged, "1"], ["search", damaged], ["search", "save", damaged, "x"],
      ["search", "tag:" + damaged], ["export", damaged, "--to", "out"],
      ["--color", damaged, "search"],
      [damaged], ["import", "a.png", "--tag", damaged], ["reproduce", "1", "--set", damaged],
      ["rate", "1", "--stars", damaged], ["prompts", damaged],
    ])
  func damagedText(_ arguments: [String]) {
    let index = arguments.firstIndex { $0.contains(Self.damaged) } ?? 0
    do {
      try CommandLineArguments.checkText(arguments)
      Issue.record("\(arguments)")
    } catch {
      #expect("\(error)".contains("argument \(index + 1) is not valid UTF-8"))
      #expect((error as? Failure)?.status == .badData)
    }
  }

  @Test(
    "paths may be any bytes",
    arguments: [
      ["import", damaged, "--exclude", damaged, "--to", damaged], ["show", damaged],
      ["--library", damaged, "search", "x"], ["search", "x", "--library=" + damaged],
      ["generate", "--from", damaged, "--library", damaged], ["backup", damaged],
      ["restore", damaged], ["init", damaged], ["note", damaged, "a remark"],
      ["search", "similar:" + damaged, "-parent:" + damaged], ["compare", damaged, damaged],
      ["stats", "--html", damaged], ["show", "1", "--extract", damaged],
      ["export", "x", "--to", damaged],
    ])
  func bytePaths(_ arguments: [String]) throws {
    try CommandLineArguments.checkText(arguments)
  }
}
