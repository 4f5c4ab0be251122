import Foundation
import Testing

@Suite("Behaviour of all commands")
struct FrameTests {
  let harness: Harness

  init() throws { harness = try Harness() }

  @Test("for a misspelled command, the error suggests the right one")
  func mistypedCommand() async throws {
    let outcome = try await harness.run("shwo", "1")
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.talk == """
        seedbank: the command 'shwo' does not exist
          hint: did you mean `seedbank show 1`?

        """)
  }

  @Test(
    "a usage error is one sentence and one hint",
    arguments: [["show"], ["show", "--colour", "1"], ["config", "--format", "xml"]])
  func usageErrors(arguments: [String]) async throws {
    let outcome = try await harness.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.talk.hasPrefix("seedbank: "))
    #expect(outcome.talk.split(separator: "\n").count == 2)
  }

  @Test(
    "help and version are results, not errors",
    arguments: [["--help"], ["--version"], ["help", "show"], ["help", "query"], []])
  func help(arguments: [String]) async throws {
    let outcome = try await harness.run(arguments)
    #expect(outcome.status == 0)
    #expect(!outcome.output.isEmpty)
    #expect(outcome.talk.isEmpty)
  }

  @Test("a command of two words is named as typed")
  func compound() async throws {
    #expect(try await harness.run("search", "save").talk.contains("`seedbank saved add --help`"))
    #expect(try await harness.succeed("--help").output.contains("  saved "))
  }

  @Test(
    "every command has -h, and an unknown short option is named in the error",
    arguments: [
      ["show", "-h"], ["collection", "add", "-h"], ["saved", "add", "-h"], ["tags", "-h"],
    ])
  func shortHelp(arguments: [String]) async throws {
    #expect(try await harness.succeed(arguments).output.contains("USAGE: seedbank"))
    let outcome = try await harness.run("show", "1", "-n")
    #expect(outcome.status == 64 && outcome.talk.contains("'show' has no option -n"), "\(outcome)")
  }

  @Test("a full disk for the output is reported, with status 74")
  func fullDisk() async throws {
    let outcome = try await harness.shell("\"$SEEDBANK\" config > /dev/full")
    #expect(outcome.status == 74)
    #expect(outcome.talk.contains("No space left"))
  }

  @Test("a closed pipe ends quietly")
  func closedPipe() async throws {
    let outcome = try await harness.shell("set -o pipefail; \"$SEEDBANK\" config | true")
    #expect(outcome.status == 0)
    #expect(outcome.talk.isEmpty)
  }

  @Test("a library is created by name, and only once")
  func initialise() async throws {
    let folder = harness.folder.appendingPathComponent("here").path
    #expect(
      try await harness.succeed("init", folder, "--dry-run").output
        == "Would create a library at \(folder).\n")
    #expect(!FileManager.default.fileExists(atPath: folder))
    #expect(try await harness.succeed("init", folder).output == "Created a library at \(folder).\n")
    #expect(try await harness.succeed("init", folder).output.contains("already exists"))
  }

  @Test("a missing library is reported with status 66 and not created")
  func missingLibrary() async throws {
    let outcome = try await harness.run("show", "1")
    #expect(outcome.status == 66)
    #expect(outcome.talk.contains("the library \(harness.library.path) does not exist"))
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test("a file that is not a library is refused and not changed")
  func foreignLibrary() async throws {
    let path = try harness.write("something else", to: "library/catalog.sqlite")
    let outcome = try await harness.run("show", "1")
    #expect(outcome.status == 65)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "something else")
  }
}
