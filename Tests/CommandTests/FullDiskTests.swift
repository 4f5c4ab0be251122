import Foundation
import Testing

@Suite("A disk without space") struct FullDiskTests {
  private func expectFull(_ outcome: Harness.Outcome, _ kilobytes: Int) {
    #expect(
      outcome.status == 74 && outcome.talk.contains("the disk is full"),
      "\(kilobytes) kB: \(outcome)")
  }

  @Test(
    "a library is created completely or not at all, and can be created when there is space",
    .enabled("needs the right to mount a file system", Harness.mayMount))
  func creation() async throws {
    let harness = try Harness()
    var failures = 0
    // A new catalog and its log need about 250 kB each.
    for kilobytes in stride(from: 240, through: 600, by: 60) {
      try await harness.withDisk(kilobytes: kilobytes) {
        let created = try await harness.run("init")
        if created.status != 0 {
          failures += 1
          expectFull(created, kilobytes)
        }
        _ = try await harness.shell("mount -o remount,size=20m disk")
        try await harness.succeed("init")
        try await harness.succeed("check")
        let left = try await harness.shell("cd disk/library && ls -d catalog*")
        #expect(left.lines == ["catalog.sqlite"], "\(kilobytes) kB: \(left)")
      }
    }
    #expect(failures > 0)
  }

  @Test(
    "a backup to a full disk does not report that the library has errors",
    .enabled("needs the right to mount a file system", Harness.mayMount))
  func backup() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let source = harness.library.path
    let catalog = try Data(contentsOf: harness.library.appendingPathComponent("catalog.sqlite"))
    var failures = 0
    // SQLite needs 32 kB for the shared memory of the copy, and then some for its log.
    for extra in stride(from: 0, through: 72, by: 8) {
      let kilobytes = catalog.count / 1024 + extra
      try await harness.withDisk(kilobytes: kilobytes) {
        let backup = try await harness.run("backup", "disk/backup", "--library", source)
        guard backup.status != 0 else { return }
        failures += 1
        expectFull(backup, kilobytes)
      }
    }
    #expect(failures > 0)
  }

  @Test(
    "a library on a full disk is reported as such, and is intact when there is space",
    .enabled("needs the right to mount a file system", Harness.mayMount))
  func reading() async throws {
    let harness = try Harness()
    try await harness.withDisk(kilobytes: 4_000) {
      try await harness.succeed("init")
      _ = try await harness.shell("dd if=/dev/zero of=disk/ballast bs=4k 2>/dev/null; true")
      for arguments in [["search", "--count"], ["check"], ["trash", "empty", "--yes"]] {
        expectFull(try await harness.run(arguments), 4_000)
      }
      _ = try await harness.shell("rm disk/ballast")
      try await harness.succeed("check")
    }
  }

  @Test("a limit of file sizes ends a restore with an error, and the library is intact")
  func sizeLimit() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let filler = String(repeating: "x", count: 2_000)
    let lines = (0..<400).map { #"{"prompt":"a cat \#($0) \#(filler)"}"# }
    _ = try harness.write(lines.joined(separator: "\n"), to: "dump.jsonl")
    // The unit of the limit is 1024 bytes. The catalog is smaller, the log of the restore is larger.
    let limited = try await harness.shell(
      """
      bytes=$(stat -c %s library/catalog.sqlite)
      ulimit -f $((bytes / 1024 + 48))
      exec "$SEEDBANK" restore dump.jsonl
      """)
    #expect(
      limited.status == 74 && limited.talk.contains("cannot use the catalog"), "\(limited)")
    try await harness.succeed("check")
    try await harness.succeed("restore", "dump.jsonl")
  }
}
