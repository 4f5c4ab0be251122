import Foundation
import GatewaySimulator
import Testing

@Suite("The API key")
struct KeyCommandTests {
  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("is stored with mode 600, named in the config file, tested, and never printed")
  func stored() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_API_KEY"] = nil
      let path = bench.harness.folder.path + "/.config/seedbank/key"
      let outcome = try await bench.shell("echo \(SyncHarness.key) | \"$SEEDBANK\" key set")
      #expect(outcome.status == 0 && outcome.output.contains("accepts the key"), "\(outcome)")
      #expect(!outcome.output.contains(SyncHarness.key) && !outcome.talk.contains(SyncHarness.key))
      #expect(try mode(path) == 0o600)
      #expect(try await bench.succeed("config", "get", "api_key_file").output == path + "\n")
      try await bench.succeed("key", "test")
      try await bench.succeed("generate", "a cat")
      let ledger = await bench.gateway.ledger
      #expect(ledger.charges.count == 1)
    }
  }

  @Test("that is refused ends with 77 and does not replace another")
  func refused() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_API_KEY"] = nil
      try await bench.shell("echo \(SyncHarness.key) | \"$SEEDBANK\" key set")
      let outcome = try await bench.shell("echo wrong-key-0815 | \"$SEEDBANK\" key set")
      #expect(outcome.status == 77 && !outcome.talk.contains("wrong-key-0815"), "\(outcome)")
      try await bench.succeed("key", "test")
    }
  }

  /// A script that answers the question on a separate terminal and prints what the terminal showed.
  private static let typing = """
    import os, pty, sys
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(os.environ['SEEDBANK'], ['seedbank', 'key', 'set', '--no-test'])
    shown = b''
    while b'not shown' not in shown:
        shown += os.read(terminal, 1024)
    os.write(terminal, b'typed-key-1\\n')
    try:
        while True:
            chunk = os.read(terminal, 1024)
            if not chunk: break
            shown += chunk
    except OSError:
        pass
    os.waitpid(child, 0)
    sys.stdout.write(shown.decode())
    """

  @Test("is not shown while it is typed, and is not accepted as an argument")
  func typed() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_API_KEY"] = nil
      let argument = try await bench.run("key", "set", "a-key-in-the-arguments")
      #expect(argument.status == 64 && !argument.talk.contains("a-key-in-the"), "\(argument)")
      let script = try bench.harness.write(Self.typing, to: "type.py")
      let outcome = try await bench.shell("python3 \(script)")
      #expect(outcome.output.contains("API key (not shown)"), "\(outcome)")
      #expect(!outcome.output.contains("typed-key-1"), "\(outcome)")
      let path = bench.harness.folder.path + "/.config/seedbank/key"
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "typed-key-1\n")
    }
  }

  @Test(
    "is not repeated by the error if it is typed after a command",
    arguments: [
      ["key", "a-key-in-the-arguments"], ["key", "test", "a-key-in-the-arguments"],
      ["key", "set", "--no-test", "a-key-in-the-arguments"],
      ["key", "test", "--", "a-key-in-the-arguments"],
      ["key", "test", "-a-key-in-the-arguments"],
      ["key", "test", "--key", "a-key-in-the-arguments"],
      ["key", "test", "--key=a-key-in-the-arguments"],
    ])
  func argument(_ words: [String]) async throws {
    let outcome = try await Harness().run(words)
    #expect(outcome.status == 64 && !outcome.talk.contains("a-key-in-the"), "\(outcome.talk)")
  }

  /// A script that presses Ctrl-C at the question, and prints how the program ended, whether the terminal hid the
  /// input, and whether it shows it afterwards.
  private static let interrupting = """
    import fcntl, os, pty, signal, subprocess, termios
    signal.alarm(120)
    terminal, line = pty.openpty()
    def shows(): return bool(termios.tcgetattr(line)[3] & termios.ECHO)
    child = subprocess.Popen(
        [os.environ['SEEDBANK'], 'key', 'set', '--no-test'], stdin=line, stdout=line, stderr=line,
        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    shown = b''
    while b'not shown' not in shown:
        shown += os.read(terminal, 1024)
    hidden = not shows()
    os.write(terminal, b'\\x03')
    print(child.wait(), hidden, shows())
    """

  @Test("is asked for in a way that leaves the terminal as it was after Ctrl-C")
  func interrupted() async throws {
    let harness = try Harness()
    let script = try harness.write(Self.interrupting, to: "interrupt.py")
    let outcome = try await harness.shell("python3 \(script)")
    #expect(outcome.output == "-2 True True\n", "\(outcome)")
  }

  @Test("`key test` without a gateway ends with status 69")
  func unreachable() async throws {
    let harness = try Harness()
    harness.environment = ["SEEDBANK_GATEWAY": "http://127.0.0.1:1", "SEEDBANK_API_KEY": "k"]
    #expect(try await harness.run("key", "test").status == 69)
  }
}
