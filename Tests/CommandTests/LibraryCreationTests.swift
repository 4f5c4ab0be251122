import Foundation
import Testing

@Suite("Creating a library")
struct LibraryCreationTests {
  let harness: Harness

  init() throws {
    harness = try Harness()
    harness.environment = [
      "SEEDBANK_GATEWAY": "http://127.0.0.1:1", "SEEDBANK_API_KEY": "key",
      "SEEDBANK_LIBRARY": harness.folder.path + "/taken",
    ]
    _ = try harness.write("mine", to: "taken/notes.txt")
    _ = try harness.write(#"{"prompt":"a cat"}"#, to: "dump.jsonl")
    _ = try harness.write("a cat\n", to: "prompts.txt")
  }

  private var names: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: harness.folder.path + "/taken").sorted()
    }
  }

  @Test(
    "every command that creates a library refuses a folder with other content and does not change it",
    arguments: [
      ["generate", "x", "--no-wait"], ["generate", "--from", "prompts.txt", "--no-wait"],
      ["generate", "x", "--dry-run"], ["import", "."], ["import", ".", "--dry-run"],
      ["restore", "dump.jsonl"], ["search", "save", "best", "cat"], ["init"],
      ["init", "--dry-run"], ["restore", "dump.jsonl", "--dry-run"],
      ["saved", "add", "best", "cat", "--dry-run"],
      ["remote", "add", "nas", "file:///nas", "--dry-run"],
    ])
  func refused(arguments: [String]) async throws {
    let outcome = try await harness.run(arguments)
    #expect(outcome.status == 73, "\(outcome)")
    #expect(outcome.talk.contains("not a Seedbank library and not empty"), "\(outcome)")
    #expect(try names == ["notes.txt"])
  }

  @Test("a folder of images of another program is refused too")
  func foreignImages() async throws {
    let folder = harness.folder.path + "/site"
    _ = try harness.write("picture", to: "site/images/photo.jpg")
    #expect(try await harness.run("init", folder).status == 73)
    #expect(!FileManager.default.fileExists(atPath: folder + "/catalog.sqlite"))
  }

  @Test("an absent folder, an empty folder, and an interrupted creation become a library")
  func created() async throws {
    for (name, setUp) in [
      ("absent", "true"), ("empty", "mkdir empty"),
      ("interrupted", "mkdir -p interrupted/images interrupted/incoming"),
    ] {
      _ = try await harness.shell(setUp)
      let path = harness.folder.path + "/" + name
      let outcome = try await harness.succeed("restore", "dump.jsonl", "--library", path)
      #expect(outcome.talk.contains("Created a library at \(path)."), "\(outcome)")
      let again = try await harness.succeed("restore", "dump.jsonl", "--library", path)
      #expect(!again.talk.contains("Created"), "\(again)")
    }
  }

  @Test(
    "a dry run creates no library, and reports what the command would do",
    arguments: [
      (["generate", "x"], "Would record and send 1 generation"),
      (["restore", "dump.jsonl"], "1 would be added"), (["restore", "source"], "1 would be added"),
      (["saved", "add", "best", "cat"], "Would save search:best: cat"),
      (["remote", "add", "nas", "file:///nas"], "Would add the remote nas"),
    ])
  func dryRun(arguments: [String], words: String) async throws {
    if arguments.contains("source") {
      try await harness.succeed("restore", "dump.jsonl", "--library", "source")
    }
    let path = harness.folder.path + "/absent"
    let outcome = try await harness.succeed(arguments + ["--dry-run", "--library", path])
    #expect(outcome.output.contains(words), "\(outcome)")
    #expect(!outcome.talk.contains("Created"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a dry run without a library refuses what the command would refuse")
  func refusedDryRun() async throws {
    let path = harness.folder.path + "/absent"
    let cases: [([String], Int32)] = [
      (["saved", "add", "best", "search:gone"], 66), (["saved", "add", "", "cat"], 64),
      (["saved", "add", "best", " "], 64), (["remote", "add", "a/b", "file:///nas"], 64),
    ]
    for (arguments, status) in cases {
      let dry = try await harness.run(arguments + ["--dry-run", "--library", path])
      #expect(dry.status == status, "\(dry)")
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(
    "an empty path is refused, and does not mean the current folder",
    arguments: [
      ["init", ""], ["init", "--library", ""], ["search", "cat", "--library="],
      ["restore", ""], ["import", ""], ["import", "", "--dry-run"],
    ])
  func emptyPath(arguments: [String]) async throws {
    let outcome = try await harness.run(arguments)
    #expect(outcome.status == 64 && outcome.talk.contains(" is empty"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: harness.folder.path + "/catalog.sqlite"))
  }

  @Test("a command that only reads reports a missing library and creates none")
  func reading() async throws {
    let outcome = try await harness.run("search", "cat")
    #expect(outcome.status == 66, "\(outcome)")
    #expect(try names == ["notes.txt"])
  }
}
