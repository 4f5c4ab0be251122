import Foundation
import Testing

/// Tests of the programs that `seedbank` starts, with scripts instead of the real ones.
@Suite("A program that seedbank starts") struct StartedProgramTests {
  /// A library with an image and a remote, whose rclone is a script.
  private static func harness(rclone script: String) async throws -> Harness {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", shade: 1)
    try await harness.succeed("remote", "add", "nas", "rclone:nas:/remote")
    _ = try harness.write("#!/bin/sh\n\(script)\n", to: "bin/rclone", permissions: 0o755)
    harness.environment["PATH"] = harness.folder.path + "/bin:/usr/bin:/bin"
    return harness
  }

  @Test("blocks no signals and can be ended, but Ctrl-C does not end an upload")
  func signals() async throws {
    // The missing file makes it fail, so that it is started once.
    let harness = try await Self.harness(
      rclone: """
        read -r stat < /proc/$$/stat
        echo "$stat" > "$HOME/group"
        exec grep -h '^Sig[BI]' /proc/self/status no-such-file > "$HOME/signals"
        """)
    #expect(try await harness.run("push").status == 69)
    let file = harness.folder.appendingPathComponent("signals")
    let text = try String(contentsOf: file, encoding: .utf8)
    func mask(_ name: String) throws -> UInt64 {
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name) })
      return try #require(line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) })
    }
    #expect(try mask("SigBlk:") == 0, "\(text)")
    let ignored = try mask("SigIgn:")
    func isIgnored(_ number: Int32) -> Bool { ignored >> UInt64(number - 1) & 1 == 1 }
    let inherited = [SIGTERM, SIGPIPE, SIGIO, SIGXFSZ].filter(isIgnored)
    #expect(inherited.isEmpty, "\(text)")
    // The terminal sends Ctrl-C to its process group.
    let group = try String(
      contentsOf: harness.folder.appendingPathComponent("group"), encoding: .utf8
    ).split(separator: " ")
    #expect(group.count > 4 && group[4] == group[0], "\(group)")
  }

  @Test("gets Ctrl-C of the terminal from a command that does not listen for it")
  func sharedGroup() async throws {
    let harness = try await Self.harness(
      rclone: """
        read -r stat < /proc/$$/stat
        echo "$stat" > "$HOME/group"
        exit 1
        """)
    let check = try await harness.run("remote", "check")
    #expect(check.status == 69, "\(check)")
    let group = try String(
      contentsOf: harness.folder.appendingPathComponent("group"), encoding: .utf8
    ).split(separator: " ")
    #expect(group.count > 4 && group[4] != group[0], "\(group)")
  }

  @Test("for an upload is ended when the push is stopped twice")
  func stoppedTwice() async throws {
    let harness = try await Self.harness(
      rclone: "exec 9> \"$HOME/held\"; echo $$ >&9; exec sleep 600")
    #expect(mkfifo(harness.folder.path + "/held", 0o600) == 0)
    // The pipe ends when the program has ended.
    let pipe = try await harness.startShell("exec timeout 120 cat held")
    let push = try await harness.start(["push"])
    let program = try await pipe.process.firstLine()
    // Two signals of the same kind could become one.
    push.signal(SIGINT)
    push.signal(SIGTERM)
    let stopped = try await push.end()
    #expect(stopped.status == 130, "\(stopped)")
    let ended = try await pipe.end()
    #expect(ended.status == 0, "\(ended)")
    if ended.status != 0, let number = Int32(program) { kill(number, SIGKILL) }
  }

  @Test("as a browser leaves no entry in the process table when it has ended")
  func browser() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    harness.environment["BROWSER"] = try harness.write(
      "#!/bin/sh\necho $$ > browser\n", to: "bin/browser", permissions: 0o755)
    let outcome = try await harness.shell(
      """
      mkfifo browser
      "$SEEDBANK" serve --port 0 --open > served &
      server=$!
      read -r browser < browser
      timeout 120 bash -c 'while [ -e /proc/$0 ]; do sleep 0.1; done' "$browser" && echo gone
      kill -TERM $server
      wait $server
      """)
    #expect(outcome.lines == ["gone"], "\(outcome)")
  }

  @Test("that fails is reported, also if the parent process ignores the ends of its programs")
  func ignoredEnds() async throws {
    let harness = try await Self.harness(rclone: "exit 1")
    harness.environment["EDITOR"] = "false"
    let ignoring = "env --ignore-signal=CHLD \"$SEEDBANK\""
    let note = try await harness.shell("\(ignoring) note 1")
    #expect(note.status == 75 && note.talk.contains("the note was not changed"), "\(note)")
    let push = try await harness.shell("\(ignoring) push")
    #expect(push.status == 69 && push.talk.contains("rclone failed with status 1"), "\(push)")
  }
}
