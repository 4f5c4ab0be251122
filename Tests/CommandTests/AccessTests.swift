import Foundation
import Testing

@Suite("A library that others wrote") struct AccessTests {
  /// Runs a line of bash as a user who owns none of the files.
  private static func asStranger(_ harness: Harness, _ line: String) async throws
    -> Harness.Outcome
  {
    let drop = getuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    return try await harness.shell("chmod a+rx . && \(drop)bash -c '\(line)'")
  }

  /// Returns whether a user who owns none of the files can reach the program and the test's folder.
  ///
  /// The build folder or the temporary folder may be in a folder that only root may enter.
  @Sendable private static func mayBeStranger() async throws -> Bool {
    guard getuid() == 0 else { return false }
    return try await asStranger(Harness(), #"$SEEDBANK --version && ls "$HOME""#).status == 0
  }

  /// Returns whether the program can run as a user for whom a library is read-only.
  ///
  /// Without root, the owner is such a user after a change of the permissions.
  @Sendable private static func mayBeReader() async throws -> Bool {
    if getuid() != 0 { return true }
    return try await mayBeStranger()
  }

  @Test(
    "the file that cannot be opened is named",
    .enabled("needs the right to run the program as another user", mayBeStranger),
    arguments: [
      ("chmod 600 library/catalog.sqlite", "search x", "library/catalog.sqlite: Permission denied"),
      ("chmod 700 library", "search x", "library/catalog.sqlite: Permission denied"),
      (
        "chmod -R a+w library; chmod go-w library/catalog.sqlite", "note 1 x",
        "catalog.sqlite is not writable"
      ),
      (
        "touch library/catalog.sqlite-wal library/catalog.sqlite-shm; chmod -R a+w library; "
          + "chmod 644 library/catalog.sqlite-shm", "note 1 x", "catalog.sqlite-shm is not writable"
      ),
      (
        "touch library/catalog.sqlite-wal library/catalog.sqlite-shm; "
          + "chmod 600 library/catalog.sqlite-wal", "search x",
        "catalog.sqlite-wal: Permission denied"
      ),
    ])
  func permissions(change: String, command: String, words: String) async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse")
    let prepared = try await harness.shell(change)
    #expect(prepared.status == 0, "\(prepared)")
    let outcome = try await Self.asStranger(harness, "$SEEDBANK \(command)")
    #expect(outcome.status == 73 || outcome.status == 74, "\(outcome)")
    #expect(outcome.talk.contains(words), "\(outcome)")
    #expect(!outcome.talk.contains("no library"), "\(outcome)")
  }

  @Test(
    "a log without its index is read in a folder that cannot be written to, and no change is lost",
    .enabled("needs the right to run the program as another user", mayBeReader))
  func orphanedLog() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse")
    let writer = """
      import os, sqlite3
      catalog = sqlite3.connect('library/catalog.sqlite')
      catalog.execute("UPDATE prompt SET text = 'a harbour'")
      catalog.commit()
      os.kill(os.getpid(), 9)
      """
    let script = try harness.write(writer, to: "writer.py")
    _ = try await harness.shell(
      "/usr/bin/python3 \(script); rm library/catalog.sqlite-shm; chmod -R a-w library; "
        + "chmod -R a+rX library")
    let before = try await harness.shell("cd library && find . -type f | sort | xargs sha256sum")
    #expect(before.output.contains("catalog.sqlite-wal"), "\(before)")
    let outcome = try await Self.asStranger(harness, "$SEEDBANK show 1 --as prompt")
    #expect(outcome.status == 0 && outcome.output == "a harbour\n", "\(outcome)")
    let after = try await harness.shell(
      "cd library && find . -type f | sort | xargs sha256sum; cd .. && chmod -R u+w library")
    #expect(after.output == before.output)
  }

  @Test(
    "a library that cannot be written to is dumped beside an empty log",
    .enabled("needs the right to run the program as another user", mayBeReader))
  func emptyLog() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse")
    let expected = try await harness.succeed("dump").output
    _ = try await harness.shell(
      "touch library/catalog.sqlite-wal library/catalog.sqlite-shm; chmod -R a-w library; "
        + "chmod -R a+rX library")
    let outcome = try await Self.asStranger(harness, "timeout 300 $SEEDBANK dump")
    _ = try await harness.shell("chmod -R u+w library")
    #expect(outcome.status == 0 && outcome.output == expected, "\(outcome)")
  }

  @Test("a temporary folder that does not exist is named")
  func temporaryFolder() async throws {
    let harness = try Harness()
    harness.environment = [
      "TMPDIR": "/nowhere/tmp", "SEEDBANK_GATEWAY": "http://127.0.0.1:1", "SEEDBANK_API_KEY": "key",
    ]
    let outcome = try await harness.shell(
      "printf 'a cat\\\\n' | $SEEDBANK generate --from - --from-format txt --no-wait")
    #expect(outcome.status == 73 && outcome.talk.contains("/nowhere/tmp"), "\(outcome)")
    #expect(outcome.talk.contains("TMPDIR"), "\(outcome)")
  }

  @Test("the error for an image that cannot be read names the true reason")
  func unreadablePicture() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a lighthouse", shade: 3)
    let outcome = try await harness.shell("mkdir folder.png; $SEEDBANK compare 1 folder.png")
    #expect(outcome.status != 0 && outcome.talk.contains("Is a directory"), "\(outcome)")
  }
}
