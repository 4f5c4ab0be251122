import Foundation
import Gateway
import Storage
import Testing

@testable import Sync

@Suite("The queue")
struct QueueStateTests {
  private func moment(_ seconds: Int) -> Moment {
    Moment(wall: Timestamp(seconds: Double(seconds)), uptime: .seconds(seconds))
  }

  private func outcome(_ status: Int, _ body: String) -> SubmitOutcome {
    SubmitReply.read(
      status: status, headers: [:], body: Array(body.utf8), at: Date(timeIntervalSince1970: 0))
  }

  @Test("takes sixteen refusals at once for one")
  func once() {
    var queue = QueueState(SyncSettings())
    var changes = 0
    for _ in 0..<16 {
      let change = queue.note(
        .throttled(retryAfter: .seconds(7)), startedAt: .seconds(1), at: moment(2)
      ) { _ in .seconds(1) }
      if change != nil { changes += 1 }
    }
    #expect(changes == 1)
    #expect(queue.pausedUntil == .seconds(9))
    #expect(queue.admission(of: .gateway, at: .seconds(5)) == .wait(until: .seconds(9)))
    #expect(queue.admission(of: .download, at: .seconds(5)) == .go)
    #expect(queue.admission(of: .gateway, at: .seconds(9)) == .go)
    #expect(queue.stop == nil)
  }

  @Test("stops after so many troubles in a row, and begins to count again after a success")
  func limits() {
    var settings = SyncSettings()
    settings.connectionTries = 3
    func troubles(_ signals: [QueueSignal]) -> StopReason? {
      var queue = QueueState(settings)
      for (index, signal) in signals.enumerated() {
        let time = 100 * (index + 1)
        _ = queue.note(signal, startedAt: .seconds(time), at: moment(time)) { _ in .zero }
      }
      return queue.stop
    }
    let down = QueueSignal.unreachable(.refused)
    #expect(troubles([down, down]) == nil)
    #expect(troubles([down, down, down]) == .unreachable(.refused))
    #expect(troubles([down, down, .answered, down, down]) == nil)
  }

  @Test("never waits longer than the run has patience")
  func patience() {
    var queue = QueueState(SyncSettings())
    _ = queue.note(
      .throttled(retryAfter: .seconds(3600)), startedAt: .zero, at: moment(1)
    ) { _ in .zero }
    #expect(queue.stop == .throttled(until: Timestamp(seconds: 3601)))
  }

  @Test("lets downloads go on when the key or the allowance stops the rest")
  func downloads() {
    for (status, body) in [(401, "{}"), (429, #"{"error":{"code":"QuotaExceeded"}}"#)] {
      var queue = QueueState(SyncSettings())
      let signal = JobPlan.after(outcome(status, body), reply: nil).signal
      _ = queue.note(signal, startedAt: .zero, at: moment(1)) { _ in .zero }
      #expect(queue.stop != nil)
      #expect(queue.admission(of: .download, at: .seconds(2)) == .go)
    }
    var queue = QueueState(SyncSettings())
    _ = queue.haltAll(.noRoom(free: 0, needed: 1))
    #expect(
      queue.admission(of: .download, at: .zero) == .stopped(.noRoom(free: 0, needed: 1)))
  }

  @Test("asks for room for every submit that is out")
  func room() {
    var settings = SyncSettings()
    settings.roomPerSubmit = 10
    #expect(RoomPlan.refusal(free: 10, expected: 1, settings) == nil)
    #expect(
      RoomPlan.refusal(free: 19, expected: 2, settings) == .noRoom(free: 19, needed: 20))
  }

  @Test("a batch ends with the gravest of its parts")
  func grades() {
    func grade(_ counts: [Status: Int], _ stop: StopReason? = nil) -> BatchGrade {
      var report = SyncReport()
      report.counts = counts
      report.stop = stop
      return report.grade
    }
    #expect(grade([:]) == .done)
    #expect(grade([.complete: 3]) == .done)
    #expect(grade([.complete: 3, .pending: 1]) == .unfinished)
    #expect(grade([.failed: 1, .pending: 1]) == .unavailable)
    #expect(grade([.unknown: 1]) == .unavailable)
    #expect(grade([.queued: 1], .unreachable(.refused)) == .unavailable)
    #expect(grade([.queued: 1], .interrupted) == .unfinished)
    #expect(grade([.failed: 1], .local(.full(path: "x"))) == .inputOutput)
    #expect(grade([.failed: 1], .local(.readOnly(path: "x"))) == .cannotCreate)
  }

  @Test("a watch waits for what waiting can mend")
  func watching() {
    let now = moment(0)
    #expect(WatchPlan.next(after: .interrupted, at: now) == .end)
    #expect(
      WatchPlan.next(after: nil, at: now) == .again(after: WatchPlan.revisit, orOnChange: true))
    #expect(
      WatchPlan.next(after: .throttled(until: Timestamp(seconds: 90)), at: now)
        == .again(after: .seconds(90), orOnChange: false))
    #expect(
      WatchPlan.next(after: .throttled(until: Timestamp(seconds: 1e9)), at: now)
        == .again(after: WatchPlan.longest, orOnChange: false))
    #expect(
      WatchPlan.next(after: .local(.full(path: "x")), at: now)
        == .again(after: WatchPlan.revisit, orOnChange: false))
  }
}
