import Foundation
import SeedbankModel
import SeedbankStorage
import Testing

/// Tests of a sync whose output is not read, or cannot be written.
@Suite("The output of a sync")
struct EventOutputTests {
  /// A bash script that makes the pipe `full` and fills it.
  ///
  /// Its reader is descriptor 3, which the program that replaces the script inherits and never reads.
  private static let fullPipe = """
    mkfifo full
    exec 3<> full
    dd if=/dev/zero of=full oflag=nonblock bs=4096 count=4096 2> filled
    """

  /// Starts a sync whose output goes to the full pipe, and waits until all requests are complete.
  private static func startUnread(
    _ bench: SyncHarness, _ options: String, requests: Int
  ) async throws -> Running {
    try await bench.succeed("generate", "a cat", "--count", "\(requests)", "--no-wait")
    let running = try await bench.harness.startShell(
      "\(fullPipe)\nexec \"$SEEDBANK\" sync \(options)")
    let library = try bench.openLibrary()
    try await running.wait { try library.statusCounts()[.complete] == requests }
    return running
  }

  @Test("is not read for a while: all requests are completed meanwhile, and no event is lost")
  func paused() async throws {
    try await SyncHarness.with { bench in
      let running = try await Self.startUnread(bench, "--format jsonl > full", requests: 12)
      // The pipe was filled with zeros before the first event.
      let events = try await bench.shell("tr -d '\\000' < full")
      let outcome = try await running.end()
      #expect(outcome.status == 0, "\(outcome)")
      #expect(events.lines.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") }, "\(events)")
      let complete = events.lines.filter { $0.contains(#""event":"complete""#) }
      #expect(complete.count == 12, "\(events)")
      try await bench.expectNothingLost()
    }
  }

  @Test("is never read: the second signal ends the process, and nothing is lost")
  func neverRead() async throws {
    try await SyncHarness.with { bench in
      let running = try await Self.startUnread(bench, "--format jsonl > full", requests: 4)
      // Two signals of the same kind could become one.
      running.signal(SIGINT)
      running.signal(SIGTERM)
      let outcome = try await running.end()
      #expect(outcome.status == 130, "\(outcome)")
      try await bench.expectNothingLost()
    }
  }

  @Test("is never read, nor are the messages of a watch: the second signal ends the process")
  func unreadMessages() async throws {
    try await SyncHarness.with { bench in
      let running = try await Self.startUnread(bench, "--watch > full 2> full", requests: 1)
      running.signal(SIGINT)
      running.signal(SIGTERM)
      let outcome = try await running.end()
      #expect(outcome.status == 130, "\(outcome)")
      try await bench.expectNothingLost()
    }
  }

  @Test("cannot be written: the requests are completed, and the status is 74")
  func fullDisk() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      let outcome = try await bench.shell("\"$SEEDBANK\" sync --format jsonl > /dev/full")
      #expect(outcome.status == 74, "\(outcome)")
      let reports = outcome.talk.split(separator: "\n").filter {
        $0.contains("cannot write the output")
      }
      #expect(reports.count == 1, "\(outcome)")
      try await bench.expectNothingLost()
    }
  }
}
