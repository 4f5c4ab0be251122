import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("A reply to a submit")
struct KeptReplyTests {
  private let failure = RecordedFailure(code: "c", message: "m")
  private let throttled = KeptReply(status: 429, body: Array("{}".utf8))

  /// The names of the files in `incoming/`.
  private func incoming(_ bench: Workbench) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.library.folder.incoming.text)
  }

  @Test("that answered an earlier attempt is not used for a later one, in any order of crashes")
  func earlierAttempt() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      let base = bench.gateway.baseURL
      // The disk was full, so the reply was written to a file. Then the process ended.
      try bench.library.advance(id, .submit(to: base), at: Workbench.now())
      let first = try #require(try bench.library.workItem(id)).attempt
      try bench.library.images.keep(throttled, to: first)
      #expect(try bench.library.workItem(id)?.keptReply == throttled)
      // The next process recorded it, and ended before it removed the file.
      try bench.library.advance(id, .notSubmitted(reason: "too many"), at: Workbench.now())
      // A third one ended after it had sent the request again.
      try bench.library.advance(id, .submit(to: base), at: Workbench.now())
      #expect(try bench.library.workItem(id)?.keptReply == nil)
      try await bench.sync()
      #expect(try bench.status(id) == .unknown)
      #expect(await bench.gateway.ledger.submits == 0)
    }
  }

  @Test("in a file of an earlier version is read, and is removed before the next attempt")
  func earlierVersion() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      try bench.library.advance(id, .submit(to: bench.gateway.baseURL), at: Workbench.now())
      let attempt = try #require(try bench.library.workItem(id)).attempt
      try FileManager.default.createDirectory(
        atPath: bench.library.folder.incoming.text, withIntermediateDirectories: true)
      let file = bench.library.folder.incoming.text + "/\(attempt.uid).reply"
      try Data("429 2\n{}".utf8).write(to: URL(fileURLWithPath: file))
      #expect(try bench.library.workItem(id)?.keptReply == throttled)
      // The process ends before it removes the file.
      try bench.library.advance(id, .notSubmitted(reason: "too many"), at: Workbench.now())
      _ = try bench.library.images.holdDiskSpace(forReplyTo: attempt.next, bytes: 0)
      #expect(try incoming(bench).isEmpty)
      #expect(try await bench.sync().counts == [.complete: 1])
      #expect(await bench.gateway.ledger.charges.count == 1)
    }
  }

  @Test("that arrives after the request was given up is recorded, and its images are saved")
  func givenUp() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      let report = try await bench.sync { event in
        guard event == .submitting(id) else { return }
        try? bench.library.advance(
          id, .outcomeUnknown(failure, reply: nil), at: Workbench.now())
      }
      #expect(report.counts == [.complete: 1])
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.failure == nil && generation.images.count == 1)
      #expect(try incoming(bench).isEmpty)
      try await bench.expectSound()
    }
  }

  @Test("that arrives after its request was queued again is kept in a file that the timeline names")
  func late() async throws {
    try await Workbench.with { bench in
      let id = try bench.record()[0]
      let report = try await bench.sync { event in
        guard event == .submitting(id) else { return }
        try? bench.library.advance(
          id, .outcomeUnknown(failure, reply: nil), at: Workbench.now())
        try? bench.library.advance(id, .sendAgain, at: Workbench.now())
      }
      #expect(report.counts.isEmpty && report.stop == nil)
      #expect(try bench.status(id) == .queued)
      let attempt = try #require(try bench.library.workItem(id)).attempt
      let name = "\(attempt.uid)-1.late-reply"
      #expect(try incoming(bench) == [name])
      let path = bench.library.folder.incoming.text + "/" + name
      let kept = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
      #expect(kept.hasPrefix("200 ") && kept.contains("url"))
      #expect(try bench.library.timeline(of: id).contains { $0.detail?.contains(name) == true })
    }
  }
}
