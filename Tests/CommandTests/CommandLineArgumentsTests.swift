import SeedbankModel
import Testing

@testable import seedbank

@Suite("Arguments with a dash")
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
      (["-xy", "-0"], ["-0", "--", "-xy"]),
      (["cat", "--", "-0", "-x"], ["--", "cat", "-0", "-x"]),
      (["-xy", "--format", "--quiet"], ["--format", "--quiet", "--", "-xy"]),
      (["-", "-xy"], ["--", "-", "-xy"]), (["-猫", "cat"], ["--", "-猫", "cat"]),
      (["-5"], ["--", "-5"]), (["cat", "-n"], ["cat", "-n"]),
      (["-tag:draft", "-n", "-y"], ["-n", "-y", "--", "-tag:draft"]),
      (["-tag:a", "-f", "ids", "-l", "5"], ["-f", "ids", "-l", "5", "--", "-tag:a"]),
      (["cat", "-fids", "-l5"], ["--format=ids", "--limit=5", "--", "cat"]),
      (["cat", "-l=5", "-f=json"], ["--limit=5", "--format=json", "--", "cat"]),
      (["cat", "--limit", "-1"], ["--limit=-1", "--", "cat"]),
      (["cat", "-l", "-1"], ["--limit=-1", "--", "cat"]),
    ])
  func queryWords(typed: [String], read: [String]) throws {
    #expect(try CommandLineArguments.prepared(["show"] + typed) == ["show"] + read)
  }

  @Test(
    "options of every command can precede it",
    arguments: [
      (["--library", "/x", "show", "1"], ["show", "1", "--library", "/x"]),
      (["--library=/x", "--quiet", "show"], ["show", "--library=/x", "--quiet"]),
      (["--quiet", "search", "--", "a"], ["search", "--quiet", "--", "a"]),
      (["--quiet", "search", "save", "n", "q"], ["saved", "add", "n", "q", "--quiet"]),
      (["--library", "/x"], ["--library", "/x"]), (["--quiet", "--help"], ["--quiet", "--help"]),
    ])
  func optionsFirst(typed: [String], read: [String]) throws {
    #expect(try CommandLineArguments.prepared(typed) == read)
  }

  @Test(
    "old names of commands still work",
    arguments: [
      (["search", "save", "n", "q"], ["saved", "add", "n", "q"]),
      (["search", "list"], ["saved", "list"]),
      (["search", "delete", "n"], ["saved", "delete", "n"]),
      (["tag", "rename", "a", "b"], ["tags", "rename", "a", "b"]),
      (["tag", "delete", "a"], ["tags", "delete", "a"]),
      (["help", "tag", "rename"], ["help", "tags", "rename"]),
      (["search", "--", "save"], ["search", "--", "save"]),
    ])
  func oldSpellings(typed: [String], read: [String]) throws {
    #expect(try CommandLineArguments.prepared(typed) == read)
  }

  @Test(
    "an unknown option is refused with the nearest name, not for the words around it",
    arguments: [
      (["generate", "x", "--sise", "512x512"], "--size"),
      (["rate", "5", "--star", "3"], "--stars"),
      (["tag", "5", "--ad", "coast"], "--add"), (["export", "1", "--titel=x", "out"], "--title"),
      (["note", "1", "--librari", "x", "the light"], "--library"),
    ])
  func unknownOption(typed: [String], nearest: String) async throws {
    let outcome = try await Harness().run(typed)
    #expect(outcome.status == 64 && outcome.talk.contains("nknown option"), "\(outcome)")
    #expect(outcome.talk.contains("'\(nearest)'"), "\(outcome)")
  }

  @Test(
    "an invalid tag is refused with the rule for tags",
    arguments: [
      ["generate", "a cat", "--tag", "a//b"], ["import", ".", "--tag", "coast/"],
      ["tag", "1", "--add", "a//b"],
    ])
  func tags(_ typed: [String]) async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat")
    let outcome = try await harness.run(typed)
    #expect(outcome.status == 64 && outcome.talk.contains("hint: \(TagName.rule)"), "\(outcome)")
  }

  @Test(
    "an unknown command of a group is refused with the nearest one, or the help of the group",
    arguments: [
      (["remote", "chek"], "seedbank remote check"), (["remote", "foo"], "seedbank remote --help"),
      (["tags", "renam"], "seedbank tags rename"),
      (["remote", "list", "foo"], "seedbank remote list --help"),
    ])
  func unknownSubcommand(typed: [String], words: String) async throws {
    let outcome = try await Harness().run(typed)
    #expect(outcome.status == 64 && outcome.talk.contains("`\(words)`"), "\(outcome)")
  }

  @Test("undo and redo take the number of edits as a word")
  func counted() throws {
    #expect(try CommandLineArguments.prepared(["undo", "3"]) == ["undo", "--count=3", "--"])
    #expect(try CommandLineArguments.prepared(["redo", "2", "-n"]).contains("--count=2"))
  }

  @Test(
    "for an ambiguous form, the error suggests the whole corrected command",
    arguments: [
      (["rate", "5", "3"], "seedbank rate 5 --stars 3"),
      (["rate", "a cat", "3"], "seedbank rate 'a cat' --stars 3"),
      (["rate", "5"], "seedbank rate 5 --stars 4"),
      (["tag", "a cat", "+coast", "-draft"], "seedbank tag 'a cat' --add coast --remove draft"),
      (["tag", "31", "coast"], "seedbank tag 31 --add coast"),
      (["tag", "31", "-draft"], "seedbank tag 31 --remove draft"),
      (["export", "tag:coast", "my folder"], "seedbank export tag:coast --to 'my folder'"),
      (["export", "tag:coast"], "seedbank export tag:coast --to FOLDER"),
      (["rate", "31", "4", "--library", "/other"], "seedbank rate 31 --stars 4 --library /other"),
      (["tag", "cat", "+coast", "--dry-run"], "seedbank tag cat --add coast --dry-run"),
      (
        ["export", "tag:acme", "out", "--client"],
        "seedbank export tag:acme --to out --client"
      ),
      (["note", "5", "the", "light"], "seedbank note 5 'the light'"),
      (["generate", "a", "cat", "--seed", "4"], "seedbank generate 'a cat' --seed 4"),
      (["ls", "cat"], "seedbank search cat"), (["rm", "5"], "seedbank delete 5"),
      (["new", "a cat"], "seedbank generate 'a cat'"), (["fav", "5"], "seedbank favorite 5"),
      (["favourite", "5"], "seedbank favorite 5"), (["find", "x"], "seedbank search x"),
      (["saerch", "-xy"], "seedbank search -xy"),
    ])
  func corrected(typed: [String], command: String) throws {
    let failure = try #require(throws: Failure.self) {
      try CommandLineArguments.prepared(typed)
    }
    #expect(failure.status == .usage)
    #expect(failure.hint?.contains("`\(command)`") == true, "\(failure)")
  }

  @Test("one letter after a dash is an option, and an unknown one gets suggestions")
  func unknownShortOption() throws {
    let stars = try #require(throws: Failure.self) {
      try CommandLineArguments.prepared(["rate", "5", "-s", "3"])
    }
    #expect(stars.sentence == "'rate' has no option -s")
    #expect(stars.hint == "did you mean --stars? To exclude the word 's', type `NOT s`")
    let none = try #require(throws: Failure.self) {
      try CommandLineArguments.prepared(["search", "cat", "-x"])
    }
    #expect(none.status == .usage && none.hint?.contains("`NOT x`") == true)
  }

  @Test(
    "letters that could be several options are refused by commands that change data",
    arguments: [["delete", "tag:draft", "-ny"], ["rate", "x", "--stars", "3", "-qn"]])
  func cluster(typed: [String]) {
    #expect(throws: Failure.self) { try CommandLineArguments.prepared(typed) }
  }

  @Test("a search can exclude a word of letters that are options of other commands")
  func harmlessCluster() throws {
    #expect(
      try CommandLineArguments.prepared(["search", "-ny"]) == ["search", "--", "-ny"])
  }

  /// A byte that is not UTF-8, as `RawText` represents it.
  private static let damaged = RawText.text(of: [0x61, 0xE9])

  @Test(
    "texts that are not UTF-8 are refused in every command",
    arguments: [
      ["generate", damaged], ["generate", "a", "--set", "x=" + damaged],
      ["generate", "a", "--tag=" + damaged], ["generate", "--model", damaged, "a"],
      ["note", "1", damaged], ["tag", "1", "--add", damaged], ["tags", "rename", "a", damaged],
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
      ["search", "reference:" + damaged], ["generate", "a", "--reference", damaged],
      ["serve", "--ready-file", damaged],
      ["stats", "--html", damaged], ["show", "1", "--extract", damaged],
      ["export", "x", "--to", damaged],
    ])
  func bytePaths(_ arguments: [String]) throws {
    try CommandLineArguments.checkText(arguments)
  }
}
