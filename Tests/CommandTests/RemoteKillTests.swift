import Foundation
import Testing

/// Tests of push and pull through a program that kills the `seedbank` process that started it.
@Suite("push and pull that are killed") struct RemoteKillTests {
  private let harness: Harness

  init() throws {
    harness = try Harness()
    // The n-th call of rclone kills its parent process, before or after it has done its work.
    let program = """
      #!/bin/sh
      n=$(($(cat "$HOME/calls" 2>/dev/null || echo 0) + 1))
      echo $n > "$HOME/calls"
      if [ $n = "$KILL_AT" ]; then
        [ "$KILL_AFTER" = yes ] && /usr/bin/rclone "$@"
        kill -9 $PPID
        exit 1
      fi
      exec /usr/bin/rclone "$@"
      """
    let folder = harness.folder.appendingPathComponent("bin")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("rclone")
    try Data(program.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    harness.environment = [
      "PATH": folder.path + ":/usr/bin:/bin", "RCLONE_CONFIG_NAS_TYPE": "local",
      "RCLONE_CONFIG": harness.folder.path + "/rclone.conf",
    ]
  }

  /// Runs a command that is killed at each call of rclone in turn, until it finishes before a kill.
  ///
  /// - Returns: the number of the call before which it finished.
  private func calls(of arguments: [String]) async throws -> Int {
    for call in 1..<100 {
      let isFinished = try await runs(arguments, killedAt: call, after: call.isMultiple(of: 2))
      if isFinished { return call }
    }
    throw NeverFinished(arguments: arguments)
  }

  /// The error of a command that was killed so often that it will probably never finish.
  private struct NeverFinished: Error { let arguments: [String] }

  /// Runs a command that is killed at a call of rclone; returns true if the command finished before
  /// that call.
  private func runs(_ arguments: [String], killedAt call: Int, after: Bool) async throws -> Bool {
    try? FileManager.default.removeItem(at: harness.folder.appendingPathComponent("calls"))
    harness.environment["KILL_AT"] = "\(call)"
    harness.environment["KILL_AFTER"] = after ? "yes" : "no"
    let outcome = try await harness.run(arguments)
    // Another kill would not change the cause of another status.
    try #require(outcome.status == 0 || outcome.status == -9, "\(outcome)")
    return outcome.status == 0
  }

  @Test(
    "a push and a pull that are killed at each of their steps continue, and lose and double nothing"
  )
  func kills() async throws {
    let sample = try SampleLibrary(harness)
    try sample.add("a cat", shade: 1)
    try sample.add("a dog", seed: 43, shade: 2)
    let url = "rclone:nas:" + harness.folder.path + "/remote"
    try await harness.succeed("remote", "add", "nas", url)
    #expect(try await calls(of: ["push", "--jobs", "1"]) > 5)
    harness.environment["KILL_AT"] = "0"
    let last = try await harness.succeed("push")
    #expect(last.output.hasPrefix("0 generations and 0 images"), "\(last)")
    let other = ["--library", harness.folder.path + "/other"]
    try await harness.succeed(["init"] + other)
    try await harness.succeed(["remote", "add", "nas", url] + other)
    let thumbnails = harness.folder.path + "/other/thumbnails"
    for (images, received) in [("none", 2), ("all", 0)] {
      #expect(try await calls(of: ["pull", "--images", images, "--jobs", "1"] + other) > 3)
      let files = try FileManager.default.subpathsOfDirectory(atPath: thumbnails)
      #expect(files.count { $0.hasSuffix(".jpg") } == received, "\(files)")
    }
    harness.environment["KILL_AT"] = "0"
    try await harness.succeed(["check", "--deep"] + other)
    try await harness.succeed("remote", "check", "--deep")
    let records = try await harness.succeed("search", "--format", "jsonl", "--sort", "oldest")
    let copies = try await harness.succeed(
      ["search", "--format", "jsonl", "--sort", "oldest"] + other)
    func texts(_ outcome: Harness.Outcome) -> [String] {
      outcome.lines.map {
        $0.replacing("/other/", with: "/library/").replacing(/"id":\d+,/, with: "")
      }
    }
    #expect(texts(records).count == 2 && texts(records).sorted() == texts(copies).sorted())
  }

  @Test("a clone that is killed at each of its steps is continued by the same command")
  func killedClone() async throws {
    let sample = try SampleLibrary(harness)
    try sample.add("a cat", shade: 1)
    try sample.add("a dog", seed: 43, shade: 2)
    let url = "rclone:nas:" + harness.folder.path + "/remote"
    try await harness.succeed("remote", "add", "nas", url)
    try await harness.succeed("push")
    #expect(try await calls(of: ["clone", url, "other", "--jobs", "1"]) > 5)
    harness.environment["KILL_AT"] = "0"
    let other = ["--library", "other"]
    try await harness.succeed(["check", "--deep"] + other)
    let images = try await harness.succeed(["search", "is:remote", "--count"] + other)
    let all = try await harness.succeed(["search", "--count"] + other)
    #expect(images.output == "0\n" && all.output == "2\n", "\(images)\n\(all)")
  }
}
