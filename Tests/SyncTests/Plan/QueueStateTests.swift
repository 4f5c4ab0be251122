import Foundation
import SeedbankModel
import SeedbankProviders
import TestRandomness
import Testing

@testable import SeedbankSync

@Suite("The queue")
struct QueueStateTests {
  private func moment(_ seconds: Int) -> Instant {
    Instant(wall: Timestamp(seconds: Double(seconds)), uptime: .seconds(seconds))
  }

  private func outcome(_ status: Int, _ body: String) -> SubmitOutcome {
    SubmitReply.read(
      status: status, headers: [:], body: Array(body.utf8), at: Date(timeIntervalSince1970: 0))
  }

  @Test("counts sixteen simultaneous refusals as one")
  func once() {
    var queue = QueueState(SyncSettings())
    var changes = 0
    for _ in 0..<16 {
      let change = queue.note(
        .throttled(retryAfter: .seconds(7)), of: .submit, startedAt: .seconds(1), at: moment(2)
      ) { _ in .seconds(1) }
      if change != nil { changes += 1 }
    }
    #expect(changes == 1)
    #expect(queue.pausedUntil == .seconds(9))
    #expect(queue.admission(of: .submit, at: .seconds(5)) == .wait(until: .seconds(9)))
    #expect(queue.admission(of: .download, at: .seconds(5)) == .go)
    #expect(queue.admission(of: .submit, at: .seconds(9)) == .go)
    #expect(queue.stop == nil)
  }

  @Test("stops after a number of consecutive failures, and counts again after a success")
  func limits() {
    var settings = SyncSettings()
    settings.connectionTries = 3
    func troubles(_ signals: [QueueSignal]) -> StopReason? {
      var queue = QueueState(settings)
      for (index, signal) in signals.enumerated() {
        let time = 100 * (index + 1)
        _ = queue.note(signal, of: .poll, startedAt: .seconds(time), at: moment(time)) { _ in .zero
        }
      }
      return queue.stop
    }
    let down = QueueSignal.unreachable(.refused)
    #expect(troubles([down, down]) == nil)
    #expect(troubles([down, down, down]) == .unreachable(.refused))
    #expect(troubles([down, down, .answered, down, down]) == nil)
  }

  @Test("never waits longer than the deadline of the run")
  func patience() {
    var queue = QueueState(SyncSettings())
    _ = queue.note(
      .throttled(retryAfter: .seconds(3600)), of: .submit, startedAt: .zero, at: moment(1)
    ) { _ in .zero }
    #expect(queue.stop == .throttled(until: Timestamp(seconds: 3601)))
  }

  @Test("lets downloads continue when the key or the quota stops the rest")
  func downloads() {
    for (status, body) in [(401, "{}"), (429, #"{"error":{"code":"QuotaExceeded"}}"#)] {
      var queue = QueueState(SyncSettings())
      let signal = JobPlan.after(outcome(status, body), reply: nil).signal
      _ = queue.note(signal, of: .submit, startedAt: .zero, at: moment(1)) { _ in .zero }
      #expect(queue.stop != nil)
      #expect(queue.admission(of: .download, at: .seconds(2)) == .go)
    }
    var queue = QueueState(SyncSettings())
    _ = queue.haltAll(.noDiskSpace(free: 0, needed: 1))
    #expect(
      queue.admission(of: .download, at: .zero) == .stopped(.noDiskSpace(free: 0, needed: 1)))
  }

  private static let unknown = QueueSignal.noUsableReply(
    UnusableReply(kind: .unknownOutcome, summary: "503"))

  @Test(
    "stops sending after three consecutive requests without a usable reply, and continues polling")
  func outage() {
    func stopped(_ signals: [(QueueSignal, QueueState.Call)]) -> Bool {
      var queue = QueueState(SyncSettings())
      for (signal, call) in signals {
        _ = queue.note(signal, of: call, startedAt: .zero, at: moment(0)) { _ in .zero }
      }
      #expect(queue.admission(of: .poll, at: .zero) == .go)
      #expect(queue.admission(of: .download, at: .zero) == .go)
      return queue.outage != nil
    }
    let unknown = (Self.unknown, QueueState.Call.submit)
    let foreign = (
      QueueSignal.noUsableReply(UnusableReply(kind: .foreignReply, summary: "a page")),
      QueueState.Call.submit
    )
    #expect(!stopped([unknown, unknown]))
    #expect(stopped([unknown, unknown, unknown]))
    #expect(stopped([foreign, unknown, foreign]))
    #expect(!stopped([unknown, unknown, (.answered, .submit), unknown, unknown]))
    #expect(stopped([unknown, unknown, (.answered, .poll), unknown]), "a poll proves nothing")
  }

  @Test(
    "after an outage began, sends at most two requests and two more after each answer that still arrives"
  )
  func sentAfterOutage() {
    var random = SeededGenerator(seed: 24)
    var mostWithoutLateAnswers = 0
    for _ in 0..<500 {
      var queue = QueueState(SyncSettings())
      let jobs = Int.random(in: 2...16, using: &random)
      let firstFailure = Int.random(in: 1...60, using: &random)
      var running: [Int] = []
      var sent = 0
      var failed = 0
      var lateAnswers = 0
      repeat {
        while running.count < jobs, queue.admission(of: .submit, at: .zero) == .go {
          queue.beginSubmit()
          sent += 1
          running.append(sent)
        }
        let ended = running.remove(at: Int.random(in: running.indices, using: &random))
        if ended >= firstFailure { failed += 1 } else if failed > 0 { lateAnswers += 1 }
        _ = queue.note(
          ended < firstFailure ? .answered : Self.unknown, of: .submit, startedAt: .zero,
          at: moment(0)
        ) { _ in .zero }
        queue.endSubmit()
      } while !running.isEmpty || queue.outage == nil
      #expect(failed <= jobs + 2 + 2 * lateAnswers)
      if lateAnswers == 0 { mostWithoutLateAnswers = max(mostWithoutLateAnswers, failed) }
    }
    #expect(mostWithoutLateAnswers > 3, "the runs include requests that were running")
  }

  @Test("allows few requests until the gateway has answered one, and a single one after a failure")
  func window() {
    var queue = QueueState(SyncSettings())
    func open() -> Int {
      var copy = queue
      var count = 0
      while count < 10, copy.admission(of: .submit, at: .zero) == .go {
        copy.beginSubmit()
        count += 1
      }
      return count
    }
    #expect(open() == 3)
    _ = queue.note(.answered, of: .submit, startedAt: .zero, at: moment(0)) { _ in .zero }
    #expect(open() == 10)
    _ = queue.note(Self.unknown, of: .submit, startedAt: .zero, at: moment(0)) { _ in .zero }
    #expect(open() == 1)
    queue.beginSubmit()
    #expect(queue.admission(of: .submit, at: .zero) == .hold)
    queue.endSubmit()
    #expect(queue.admission(of: .submit, at: .zero) == .go)
  }

  @Test("does not pause for one request without a usable reply while others are running")
  func oneOfMany() {
    func pause(underWay: Int) -> Duration {
      var queue = QueueState(SyncSettings())
      for _ in 0..<underWay { queue.beginSubmit() }
      _ = queue.note(Self.unknown, of: .submit, startedAt: .zero, at: moment(1)) { _ in .seconds(2)
      }
      return queue.pausedUntil
    }
    #expect(pause(underWay: 1) == .seconds(3))
    #expect(pause(underWay: 16) == .zero)
  }

  @Test(
    "waits as long as the first Retry-After says, and at least its own backoff after the second one"
  )
  func statedPause() {
    var queue = QueueState(SyncSettings())
    func pausedUntil(afterRefusalAt time: Int) -> Duration {
      _ = queue.note(
        .throttled(retryAfter: .seconds(1)), of: .submit, startedAt: .seconds(time),
        at: moment(time)
      ) { .seconds(5 * ($0 + 1)) }
      return queue.pausedUntil
    }
    #expect(pausedUntil(afterRefusalAt: 10) == .seconds(11))
    #expect(pausedUntil(afterRefusalAt: 20) == .seconds(30))
    _ = queue.note(.answered, of: .submit, startedAt: .seconds(40), at: moment(40)) { _ in .zero }
    #expect(pausedUntil(afterRefusalAt: 50) == .seconds(51))
  }

  @Test(
    "never repeats a request sooner than its own backoff, also if Retry-After is zero or in the past"
  )
  func retryAfterZero() {
    for pause in [Duration.zero, .seconds(-86_400), nil] {
      var queue = QueueState(SyncSettings())
      func refuse(at time: Int) {
        _ = queue.note(
          .throttled(retryAfter: pause), of: .submit, startedAt: .seconds(time), at: moment(time)
        ) { _ in .seconds(2) }
      }
      let outcome = SubmitOutcome.notSubmitted(
        NotSubmitted(reason: .throttled, retryAfter: pause))
      let decision = JobPlan.after(outcome, reply: nil, throttles: 3)
      #expect(decision.next == .wait(.retry(3, atLeast: nil)))
      // The other requests show whether the gateway accepts any request.
      refuse(at: 1)
      #expect(queue.pausedUntil == .zero)
      refuse(at: 10)
      #expect(queue.pausedUntil == .seconds(12))
    }
  }

  @Test("a reply without a result pauses all requests as it states, or stops them if that is long")
  func unusableReplyWithPause() {
    func note(
      _ pause: Duration?, underWay: Int = 1, own: Duration = .seconds(2)
    ) -> (pausedUntil: Duration, stop: StopReason?) {
      var queue = QueueState(SyncSettings())
      for _ in 0..<underWay { queue.beginSubmit() }
      let reply = UnusableReply(kind: .unknownOutcome, summary: "503", retryAfter: pause)
      _ = queue.note(.noUsableReply(reply), of: .submit, startedAt: .zero, at: moment(1)) { _ in
        own
      }
      return (queue.pausedUntil, queue.stop)
    }
    #expect(note(.seconds(7)).pausedUntil == .seconds(8))
    #expect(note(.seconds(7), own: .seconds(20)).pausedUntil == .seconds(21))
    #expect(note(.seconds(7), underWay: 3).pausedUntil == .seconds(8))
    // Zero or a date in the past is not a pause.
    #expect(note(.zero).pausedUntil == .seconds(3))
    #expect(note(.zero, underWay: 3).pausedUntil == .zero)
    #expect(note(.seconds(120)).stop == .throttled(until: Timestamp(seconds: 121)))
    #expect(note(.seconds(30)).stop == nil)
  }

  @Test("a single refusal without a time among many answers delays no other request")
  func throttledAmongAnswers() {
    var queue = QueueState(SyncSettings())
    for time in 1...100 {
      let signal = time % 2 == 0 ? QueueSignal.throttled(retryAfter: nil) : .answered
      let change = queue.note(
        signal, of: .submit, startedAt: .seconds(time), at: moment(time)
      ) { _ in .seconds(60) }
      #expect(change == nil)
      #expect(queue.admission(of: .submit, at: .seconds(time)) == .go)
    }
  }

  @Test("sends a single request after an outage, and stops at the first one without a usable reply")
  func resumed() {
    let unusableReply = UnusableReply(kind: .unknownOutcome, summary: "503")
    let closed = QueueState(SyncSettings(), after: .lasts(unusableReply))
    #expect(closed.admission(of: .submit, at: .zero) == .stopped(.outage(unusableReply)))
    #expect(closed.admission(of: .poll, at: .zero) == .go)
    var queue = QueueState(SyncSettings(), after: .seemsOver)
    #expect(queue.admission(of: .submit, at: .zero) == .go)
    queue.beginSubmit()
    #expect(queue.admission(of: .submit, at: .zero) == .hold)
    _ = queue.note(Self.unknown, of: .submit, startedAt: .zero, at: moment(0)) { _ in .zero }
    #expect(queue.outage != nil)
  }

  @Test("a watch waits longer after each poll without an answer, and much longer after a request")
  func outageWaits() {
    let stop = StopReason.outage(UnusableReply(kind: .unknownOutcome, summary: "503"))
    var watch = OutageWatch()
    watch.note(stop, sentRequests: true)
    #expect(watch.wait == .seconds(30))
    var waits: [Duration] = []
    for _ in 0..<8 {
      watch.noteProbe(isAnswered: false)
      watch.note(stop, sentRequests: false)
      waits.append(watch.wait)
    }
    #expect(waits == [60, 120, 240, 480, 600, 600, 600, 600].map { .seconds($0) })
    // Polls are answered but requests are not: a hundred days take at most a hundred requests.
    var days = 0.0
    for _ in 0..<100 {
      watch.noteProbe(isAnswered: true)
      watch.note(stop, sentRequests: true)
      days += watch.wait / .seconds(86_400)
    }
    #expect(days > 90)
    watch.note(nil, sentRequests: true)
    #expect(watch == OutageWatch())
  }

  @Test("needs disk space for every running submit")
  func room() {
    var settings = SyncSettings()
    settings.diskSpacePerSubmit = 10
    #expect(DiskSpacePlan.refusal(free: 10, expected: 1, settings) == nil)
    #expect(
      DiskSpacePlan.refusal(free: 19, expected: 2, settings) == .noDiskSpace(free: 19, needed: 20))
  }

  @Test("a batch ends with the most serious of its parts")
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
    var partial = SyncReport()
    partial.add(.complete, of: GenerationID(1), RecordedFailure(code: "partial", message: "x"))
    #expect(partial.grade == .unavailable)
    #expect(grade([.queued: 1], .unreachable(.refused)) == .unavailable)
    #expect(grade([.queued: 1], .interrupted) == .unfinished)
    #expect(grade([.failed: 1], .local(.full(path: "x"))) == .inputOutput)
    #expect(grade([.failed: 1], .local(.readOnly(path: "x"))) == .cannotCreate)
  }

  @Test("a watch waits if waiting can help")
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
