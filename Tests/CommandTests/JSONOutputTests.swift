import Foundation
import SeedbankModel
import SeedbankStorage
import Testing

@testable import seedbank

/// Tests of every command with `--json`, with the real binary.
@Suite("--json")
struct JSONOutputTests {
  /// How the test runs a command.
  private struct Run {
    var arguments: [String] = []
    var input: String?
    /// A bash script to run instead of the arguments; in it, `$SEEDBANK` is the binary.
    var script: String?
    var status: Int32 = 0
    var isLines = false
  }

  /// Commands that have no `--json`, each with the reason; none at present.
  private let exceptions: [String: String] = [:]

  private let runs: [String: Run] = [
    "generate": Run(arguments: ["a pier"]),
    "sync": Run(),
    "reproduce": Run(arguments: ["1", "--set", "size=512x512"]),
    "search": Run(arguments: ["lighthouse"]),
    "saved add": Run(arguments: ["best", "rating:4..", "--dry-run"]),
    "saved list": Run(),
    "saved delete": Run(arguments: ["coast"]),
    "prompts": Run(),
    "show": Run(arguments: ["1"]),
    "diff": Run(arguments: ["1", "2"]),
    "compare": Run(arguments: ["1", "2"]),
    "duplicates": Run(),
    "open": Run(arguments: ["1"]),
    "serve": Run(
      script: """
        mkfifo served
        "$SEEDBANK" serve --port 0 --json > served &
        exec 3< served
        read -r line <&3
        kill -TERM $!
        wait $!
        state=$?
        printf '%s\\n' "$line"
        cat <&3
        exit $state
        """),
    "mcp": Run(input: #"{"jsonrpc":"2.0","id":1,"method":"ping"}"# + "\n", isLines: true),
    "export": Run(arguments: ["1", "--to", "gallery"]),
    "import": Run(arguments: ["picture.png"]),
    "tag": Run(arguments: ["1", "--add", "coast"]),
    "rate": Run(arguments: ["1", "--stars", "4"]),
    "favorite": Run(arguments: ["1"]),
    "unfavorite": Run(arguments: ["1"]),
    "delete": Run(arguments: ["1"]),
    "collection add": Run(arguments: ["Wall", "2"]),
    "collection remove": Run(arguments: ["Best", "1"]),
    "collection arrange": Run(arguments: ["Best", "1"]),
    "collection list": Run(),
    "collection rename": Run(arguments: ["Best", "Wall"]),
    "collection delete": Run(arguments: ["Best"]),
    "tags list": Run(),
    "tags rename": Run(arguments: ["draft", "sketch"]),
    "tags delete": Run(arguments: ["draft"]),
    "note": Run(arguments: ["1", "a text"]),
    "trash list": Run(),
    "trash restore": Run(),
    "trash empty": Run(arguments: ["--yes"]),
    "history": Run(),
    "undo": Run(),
    "redo": Run(status: 66),
    "remote add": Run(arguments: ["other", "file:///nowhere"]),
    "remote list": Run(),
    "remote remove": Run(arguments: ["team"]),
    "remote check": Run(),
    "remote prune": Run(arguments: ["--yes"]),
    "remote snapshot": Run(
      script: #""$SEEDBANK" push >/dev/null && "$SEEDBANK" remote snapshot --json"#),
    "push": Run(),
    "pull": Run(),
    "clone": Run(
      script: #""$SEEDBANK" clone "file://$PWD/team" copy --json"#),
    "fetch": Run(arguments: ["1"]),
    "drop": Run(arguments: ["1", "--yes"]),
    "check": Run(),
    "backup": Run(arguments: ["saved"]),
    "dump": Run(isLines: true),
    "restore": Run(arguments: ["-"], input: #"{"prompt":"a harbour"}"# + "\n"),
    "owner": Run(),
    "adopt": Run(arguments: ["--yes"]),
    "stats": Run(),
    "init": Run(arguments: ["new"]),
    "config list": Run(),
    "config get": Run(arguments: ["concurrency"]),
    "config set": Run(arguments: ["concurrency", "3"]),
    "config unset": Run(arguments: ["limit"]),
    "config edit": Run(),
    "config path": Run(),
    "key set": Run(input: SyncHarness.key + "\n"),
    "key test": Run(),
    "status": Run(),
    "doctor": Run(arguments: ["--offline"]),
    "models": Run(),
    "providers list": Run(),
    "providers test": Run(arguments: ["pixazo"]),
  ]

  private func commands() throws -> [CommandDump.Command] {
    try CommandDump.ofThisProgram().command.leaves
  }

  private func name(_ command: CommandDump.Command) -> String {
    String(command.path.dropFirst("seedbank ".count))
  }

  @Test("is an option of every command, and a command without it is listed with a reason")
  func option() throws {
    for command in try commands() {
      let names = (command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.typed)
      let name = name(command)
      #expect(names.contains("--json") != (exceptions[name] != nil), "\(name)")
      #expect((runs[name] == nil) == (exceptions[name] != nil), "\(name) is not run by this test")
    }
  }

  @Test("prints exactly one JSON value with documented snake-case names, and nothing else")
  func output() async throws {
    try await SyncHarness.with { bench in
      try await prepare(bench)
      for command in try commands() {
        let name = name(command)
        guard let run = runs[name] else { continue }
        let outcome = try await result(of: run, name, bench)
        #expect(outcome.status == run.status, "\(name): \(outcome)")
        if outcome.status == 0 { try check(outcome.output, run, name) }
      }
    }
  }

  /// Creates a library with data for every command; each command gets a copy of it.
  private func prepare(_ bench: SyncHarness) async throws {
    let harness = bench.harness
    harness.environment["SEEDBANK_VIEWER"] = "true"
    harness.environment["EDITOR"] = "true"
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse", seed: 10, tags: ["draft"], shade: 1)
    try sample.add("a harbour", seed: 20, shade: 1)
    try sample.add("a meadow", seed: 30, shade: 3)
    try Data(SampleLibrary.picture(9)).write(
      to: harness.folder.appendingPathComponent("picture.png"))
    let outcome = try await bench.shell(
      """
      set -e
      "$SEEDBANK" saved add coast tag:coast
      "$SEEDBANK" collection add Best 1
      "$SEEDBANK" delete 3
      "$SEEDBANK" config set limit 10
      "$SEEDBANK" remote add team "file://$PWD/team"
      "$SEEDBANK" push
      mv library prepared
      mv .config settings
      """)
    #expect(outcome.status == 0, "\(outcome)")
  }

  private func result(
    of run: Run, _ name: String, _ bench: SyncHarness
  ) async throws -> Harness.Outcome {
    try await bench.shell(
      "rm -rf library .config; cp -r prepared library; cp -r settings .config")
    if let script = run.script { return try await bench.shell(script) }
    let words = name.split(separator: " ").map(String.init)
    let input = run.input.map { Data($0.utf8) }
    return try await bench.harness.start(words + run.arguments + ["--json"], input: input).end()
  }

  private func check(_ output: String, _ run: Run, _ name: String) throws {
    let texts = run.isLines ? output.split(separator: "\n").map(String.init) : [output]
    #expect(!texts.isEmpty, "\(name)")
    #expect(output.hasSuffix("\n") && !output.hasSuffix("\n\n"), "\(name)")
    for text in texts {
      let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(value is [Any] || value is [String: Any], "\(name): \(text)")
      let first = (value as? [Any])?.first ?? value
      // The contents of a dump and of a protocol are described elsewhere.
      guard !run.isLines, name != "config list", let object = first as? [String: Any] else {
        continue
      }
      for key in object.keys {
        #expect(key.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil, "\(name): \(key)")
        if object["command"] != nil {
          #expect(object["command"] as? String == name)
          #expect(HelpTopic.formats.markdown.contains("`\(key)`"), "\(name): \(key)")
        }
      }
    }
  }

  @Test(
    "contains the same data as the text: the created things, their places, and the address with the token"
  )
  func content() async throws {
    let harness = try Harness()
    func object(_ arguments: String...) async throws -> [String: Any] {
      let outcome = try await harness.succeed(arguments + ["--json"])
      let value = try JSONSerialization.jsonObject(with: outcome.standardOutput)
      return try #require(value as? [String: Any])
    }
    let made = try await object("init")
    #expect(made["path"] as? String == harness.library.path && made["created"] as? Bool == true)
    #expect(try await object("init")["created"] as? Bool == false)
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse", shade: 1)
    let planned = try await object("export", "1", "--to", "gallery", "--dry-run")
    #expect(planned["dry_run"] as? Bool == true && planned["written"] as? Int == 1)
    #expect((planned["files"] as? [Any])?.isEmpty == false)
    #expect(!FileManager.default.fileExists(atPath: harness.folder.path + "/gallery"))
    let exported = try await object("export", "1", "--to", "gallery")
    #expect(exported["path"] as? String == harness.folder.path + "/gallery/index.html")
    let request = try await object("show", "1", "--as", "prompt")
    #expect(request["form"] as? String == "prompt" && request["text"] as? String == "a lighthouse")
    let page = try await object("stats", "--html", "stats.html")
    #expect(page["path"] as? String == harness.folder.path + "/stats.html")
    try await harness.succeed("note", "1", "a text")
    let steps = try #require(try await object("undo")["steps"] as? [[String: Any]])
    #expect(steps.count == 1 && steps[0]["action"] as? String == "note on 1 generation")
    let old = try await object("saved", "add", "best", "cat")
    #expect(old["previous_query"] is NSNull && old["change"] is Int)
    #expect(try await object("saved", "add", "best", "dog")["previous_query"] as? String == "cat")
    let set = try await object("config", "set", "limit", "5")
    #expect(set["value"] as? String == "5")
    #expect(try await object("config", "get", "limit")["value"] as? String == "5")
    try await harness.succeed("delete", "1")
    let emptied = try await object("trash", "empty", "--yes")
    #expect(emptied["generations"] as? Int == 1 && emptied["files"] as? Int == 1)
    // An error is the same with and without the option.
    let failed = try await harness.run("config", "get", "proxy", "--json")
    #expect(failed.status == 66 && failed.output.isEmpty && failed.talk.contains("not set"))
  }
}
