import Foundation
import Testing

@Suite("Changing settings")
struct ConfigCommandTests {
  let harness: Harness
  private var file: String { harness.folder.path + "/config.yaml" }

  init() throws {
    harness = try Harness()
    harness.environment["SEEDBANK_CONFIG"] = harness.folder.path + "/config.yaml"
  }

  private func content() throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

  @Test("set, get and unset edit the file and keep its comments")
  func editing() async throws {
    _ = try harness.write("# mine\nconcurrency: 2 # slow line\n", to: "config.yaml")
    try await harness.succeed("config", "set", "concurrency", "7")
    #expect(try content() == "# mine\nconcurrency: 7 # slow line\n")
    #expect(try await harness.succeed("config", "get", "concurrency").output == "7\n")
    #expect(try await harness.succeed("config", "path").output == file + "\n")
    try await harness.succeed("config", "set", "generate.size", "1280x720", "--dry-run")
    #expect(!(try content()).contains("generate"))
    try await harness.succeed("config", "unset", "concurrency")
    #expect(try content() == "# mine\n")
    #expect(try await harness.run("config", "unset", "concurrency").status == 66)
  }

  @Test("in a file with line ends of Windows, only the named setting changes")
  func windows() async throws {
    _ = try harness.write(
      "concurrency: 8\r\nbudget:\r\n  images_per_day: 5\r\n", to: "config.yaml")
    try await harness.succeed("config", "set", "concurrency", "4")
    #expect(try await harness.succeed("config", "get", "concurrency").output == "4\n")
    #expect(try await harness.succeed("config", "get", "budget.images_per_day").output == "5\n")
    try await harness.succeed("config", "unset", "concurrency")
    #expect(try await harness.succeed("config", "get", "budget.images_per_day").output == "5\n")
  }

  @Test(
    "a file of another form is not changed, and the error says that its form is the reason",
    arguments: [
      ("budget: {images_per_day: 5}\n", ["set", "budget.images_per_day", "25"]),
      ("budget: {images_per_day: 5}\n", ["unset", "budget.images_per_day"]),
      ("limit: 3\n...\n", ["set", "concurrency", "4"]),
      ("concurrency: 8\rlimit: 3\r", ["set", "concurrency", "4"]),
      ("concurrency: 8\rlimit: 3\r", ["unset", "concurrency"]),
    ])
  func otherForm(text: String, arguments: [String]) async throws {
    _ = try harness.write(text, to: "config.yaml")
    let outcome = try await harness.run(["config"] + arguments)
    #expect(outcome.status == 78, "\(outcome)")
    #expect(outcome.talk.contains("because of the form of the file"), "\(outcome)")
    #expect(try content() == text)
  }

  @Test("a list is removed with its items")
  func list() async throws {
    _ = try harness.write("columns:\n- id\n- seed\nlimit: 3\n", to: "config.yaml")
    try await harness.succeed("config", "unset", "columns")
    #expect(try content() == "limit: 3\n")
    #expect(try await harness.succeed("config", "get", "limit").output == "3\n")
  }

  @Test("an edit keeps the permissions of the file, and only its owner can read a new one")
  func permissions() async throws {
    func permissions() throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }
    for old in [0o600, 0o640, 0o644] {
      _ = try harness.write("limit: 3\n", to: "config.yaml", permissions: old)
      try await harness.succeed("config", "set", "limit", "5")
      try await harness.succeed("config", "unset", "limit")
      #expect(try permissions() == old)
    }
    try FileManager.default.removeItem(atPath: file)
    try await harness.succeed("config", "set", "limit", "5")
    #expect(try permissions() == 0o600)
  }

  @Test("an error in writing names the file that the user gave")
  func cannotWrite() async throws {
    // The name is allowed, but that of the draft beside it is too long.
    let name = String(repeating: "a", count: 250)
    harness.environment["SEEDBANK_CONFIG"] = harness.folder.path + "/" + name
    let outcome = try await harness.run("config", "set", "limit", "5")
    #expect(outcome.status == 73, "\(outcome)")
    #expect(outcome.talk.contains("/\(name): ") && !outcome.talk.contains(".new-"), "\(outcome)")
  }

  @Test("if the config file is a symbolic link, an edit changes the file that it names")
  func link() async throws {
    let target = try harness.write("limit: 3\n", to: "dotfiles/seedbank.yaml")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: file, withDestinationPath: "dotfiles/seedbank.yaml")
    try await harness.succeed("config", "set", "limit", "5")
    #expect(try manager.destinationOfSymbolicLink(atPath: file) == "dotfiles/seedbank.yaml")
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "limit: 5\n")
    try manager.removeItem(atPath: target)
    let outcome = try await harness.run("config", "set", "limit", "7")
    #expect(outcome.status == 73 && outcome.talk.contains("is a symbolic link"), "\(outcome)")
  }

  @Test(
    "for a wrong key or value, the error names the nearest key or the allowed values",
    arguments: [
      (["concurency", "7"], "did you mean 'concurrency'?"),
      (["concurrency", "65"], "from 1 to 64"),
      (["format", "xml"], "jsonl"), (["limit", "ten"], "from 0"),
      (["columns", "id,nonsense"], "seed"),
      (["generate.size", "huge"], "1024x1024"),
      (["aliases.search", "show 1"], "already a command"),
      (["aliases.cats", "nosuch cat"], "'search rating:4..'"),
      (["aliases.cats", "search 'a cat"], "'search rating:4..'"),
      (["color", "red"], "never"), (["confirm.price", "cheap"], "0.03 USD"),
      (["library", ""], "must be a path"),
    ])
  func refused(pair: [String], words: String) async throws {
    let outcome = try await harness.run(["config", "set", "--"] + pair)
    #expect(outcome.status == 64, "\(outcome)")
    #expect(outcome.talk.contains(words), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test(
    "every command refuses an unknown key and a wrong value in the file",
    arguments: [["search", "cat"], ["config", "list"], ["stats"], ["show", "1"], ["sync"]])
  func everyCommand(arguments: [String]) async throws {
    try SampleLibrary(harness).add("a cat")
    for (line, words) in [
      ("concurency: 7", "did you mean 'concurrency'?"), ("limit: many", "limit in"),
    ] {
      _ = try harness.write(line + "\n", to: "config.yaml")
      let outcome = try await harness.run(arguments)
      #expect(outcome.status == 78, "\(outcome)")
      #expect(outcome.talk.contains(words), "\(outcome)")
    }
    // The command that repairs the file works with a faulty file.
    _ = try harness.write("concurency: 7\n", to: "config.yaml")
    try await harness.succeed("config", "unset", "concurency")
    try await harness.succeed("search", "cat")
  }

  @Test("a search uses the default format, limit and columns unless an option is given")
  func defaults() async throws {
    let sample = try SampleLibrary(harness)
    for seed in 1...4 { try sample.add("a cat \(seed)", seed: Int64(seed)) }
    _ = try harness.write("limit: 2\ncolumns: seed,prompt\n", to: "config.yaml")
    let table = try await harness.succeed("search", "cat")
    #expect(table.lines == ["seed  prompt", "   4  a cat 4", "   3  a cat 3"], "\(table)")
    #expect(try await harness.succeed("search", "cat", "--format", "ids").lines.count == 4)
    #expect(try await harness.succeed("search", "cat", "--limit", "3").lines.count == 4)
    for option in [["--format", "table"], ["--format=table"], ["-f", "table"], ["-ftable"]] {
      let outcome = try await harness.succeed(["search", "cat"] + option)
      #expect(outcome.output == table.output, "\(outcome)")
    }
    _ = try harness.write("format: ids\n", to: "config.yaml")
    #expect(try await harness.succeed("search", "cat").output == "4\n3\n2\n1\n")
    #expect(try await harness.succeed("search", "cat", "--count").output == "4\n")
  }

  @Test("a negative limit is refused, and a limit in the file is not for older spellings")
  func limit() async throws {
    let negative = try await harness.run("config", "set", "limit", "-1")
    #expect(negative.status == 64, "\(negative)")
    #expect(negative.talk.contains("limit cannot be '-1'"), "\(negative)")
    #expect(negative.talk.contains("hint: limit must be a whole number from 0"), "\(negative)")
    _ = try harness.write("limit: 2\n", to: "config.yaml")
    try SampleLibrary(harness).add("a cat")
    try await harness.succeed("search", "save", "cats", "cat")
    #expect(try await harness.succeed("search", "list").output.contains("cats"))
  }

  @Test("an alias is replaced by its command with arguments")
  func alias() async throws {
    try SampleLibrary(harness).add("a cat", seed: 3)
    try await harness.succeed("config", "set", "aliases.cats", "search 'a cat' --format ids")
    #expect(try await harness.succeed("cats").output == "1\n")
    #expect(try await harness.succeed("cats", "seed:4").output == "")
    let help = try await harness.succeed("search", "--help").output
    for option in ["-h", "--help"] {
      #expect(try await harness.succeed("cats", option).output == help)
    }
    let page = try await harness.succeed("help", "search").output
    #expect(try await harness.succeed("help", "cats").output == page)
  }

  @Test("the editor's result is checked")
  func editor() async throws {
    harness.environment["EDITOR"] = "sh -c 'echo nonsense: 1 > \"$0\"'"
    let outcome = try await harness.run("config", "edit")
    #expect(outcome.status == 78 && outcome.talk.contains("unknown key 'nonsense'"), "\(outcome)")
  }

  @Test("a pipe in a program that was started ends as it does in a shell")
  func pipes() async throws {
    harness.environment["EDITOR"] = """
      sh -c '{ yes; echo $? >"$0.status"; } 2>/dev/null | head -n 1 >/dev/null'
      """
    try await harness.succeed("config", "edit")
    #expect(try String(contentsOfFile: file + ".status", encoding: .utf8) == "141\n")
  }
}
