import Foundation
import GRDB
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Exchanges in any order") struct ConvergenceTests {
  @Test(
    "make the dumps of all libraries equal, after any edits and with any wrong clocks",
    arguments: 1...12 as ClosedRange<UInt64>)
  func convergence(_ seed: UInt64) throws {
    var exchange = LibraryExchange(seed: seed)
    try exchange.begin(libraries: 4)
    for _ in 1...50 { try exchange.step() }
    try exchange.settle()
    let dumps = try exchange.homes.map { try $0.library.exchanged() }
    for (index, dump) in dumps.enumerated() {
      for line in Set(dump).symmetricDifference(dumps[0]).sorted() {
        Issue.record("seed \(seed): library \(index) and library 0 differ in \(line)")
      }
    }
    for home in exchange.homes {
      #expect(try home.library.write { try SearchIndex.verify(in: $0) }.isEmpty, "seed \(seed)")
    }
    for (uid, jobs) in exchange.jobs {
      let records = dumps[0].filter { $0.contains(uid.description) && $0.contains("job_set_id") }
      for record in records where !record.contains("\"images\":[{") {
        #expect(jobs.contains { record.contains("\"\($0)\"") }, "seed \(seed): \(uid) lost its job")
      }
    }
  }
}

/// Several libraries with different clocks, which edit, send requests and exchange dumps.
private struct LibraryExchange {
  private(set) var homes: [TemporaryLibrary] = []
  /// The ids of the jobs of each generation.
  private(set) var jobs: [UID: Set<String>] = [:]
  private var random: SeededGenerator
  private var shifts: [Double] = []
  private var dumps: [[UInt8]] = []
  private var clock = 0.0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func begin(libraries count: Int) throws {
    for index in 0..<count {
      homes.append(try TemporaryLibrary())
      shifts.append(Double(Int.random(in: -9...9, using: &random)) * 86_400)
      try homes[index].library.plant(["cat", "dog"], seed: UInt64(index) + 1, tags: ["a", "b"])
      try homes[index].library.queue(2, seed: UInt64(index) + 50)
    }
  }

  private func now(_ index: Int) -> Timestamp {
    Timestamp(milliseconds: 1_800_000_000_000).advanced(bySeconds: clock + shifts[index])
  }

  private func ids(_ library: Library) throws -> [GenerationID] {
    try library.read { try Int64.fetchAll($0, sql: "SELECT id FROM generation") }
      .map { GenerationID($0) }
  }

  mutating func step() throws {
    clock += 1
    let index = Int.random(in: 0..<homes.count, using: &random)
    let library = homes[index].library
    switch Int.random(in: 0...11, using: &random) {
    case 0, 1: dumps.append(try library.dumped())
    case 2, 3, 4:
      let dump = try dumps.randomElement(using: &random) ?? homes[0].library.dumped()
      try library.restore(dump, bringingBack: Int.random(in: 0...5, using: &random) == 0)
    case 5: try library.emptyTrash(removesRunning: Bool.random(using: &random), at: now(index))
    case 6: _ = try? library.undo(at: now(index))
    case 7: _ = try library.adopt(at: now(index))
    case 8, 9: try advance(library, index)
    default:
      let ids = try ids(library)
      guard !ids.isEmpty else { return }
      try AnyEdit.random(on: ids, &random).perform(on: library, at: now(index))
    }
  }

  private mutating func advance(_ library: Library, _ index: Int) throws {
    let reply = Array("{\"n\":\(Int.random(in: 0...99, using: &random))}".utf8)
    let failure = RecordedFailure(code: "c", message: "m\(index)")
    let job = "job-\(Int.random(in: 0...9_999, using: &random))"
    for id in try ids(library).shuffled(using: &random).prefix(3) {
      guard let item = try library.workItem(id) else { continue }
      let steps: [Transition]
      switch item.status {
      case .queued: steps = [.submit(to: "https://\(index).example")]
      case .submitting:
        steps = [
          .accepted(jobID: job, reply: reply), .outcomeUnknown(failure, reply: nil),
          .notSubmitted(reason: "later"), .offered(reply: reply, jobID: nil, usage: "{\"n\":1}"),
        ]
      case .pending:
        steps = [
          .offeredByPoll(reply: reply, usage: nil), .lose(failure), .fail(failure, reply: nil),
        ]
      case .ready:
        steps = [.complete(shortfall: nil), .complete(shortfall: failure), .lose(failure)]
      case .unknown: steps = [.sendAgain]
      case .lost: steps = [.fetchAgain]
      default: continue
      }
      guard let step = steps.randomElement(using: &random) else { continue }
      if case .complete = step, item.storedPositions.isEmpty {
        try library.add(library.plantImage("\(item.uid) \(index)"), to: id)
      }
      do {
        try library.advance(id, step, at: now(index))
        if case .accepted = step { jobs[item.uid, default: []].insert(job) }
      } catch LibraryError.held {
        continue
      } catch LibraryError.trashed {
        continue
      }
    }
  }

  /// Exchanges dumps between all libraries until nothing changes.
  ///
  /// A generation that one library permanently deleted is in the trash of the others until they
  /// empty it.
  mutating func settle() throws {
    for round in 1...12 {
      var changes = 0
      for from in homes.shuffled(using: &random) {
        for into in homes where into !== from {
          let report = try into.library.restore(from.library.dumped())
          changes += report.added + report.merged + report.trashed
        }
      }
      if round <= 2 {
        for (index, home) in homes.enumerated() {
          try home.library.emptyTrash(removesRunning: true, at: now(index))
        }
      } else if changes == 0 {
        return
      }
    }
    Issue.record("the libraries still change after twelve rounds")
  }
}
