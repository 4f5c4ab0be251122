import Dispatch
import SeedbankModel
import SeedbankProviders
import SeedbankQuery
import SeedbankSync
import Synchronization

/// Reports a run: a line of progress and each reason once, or one event per line.
final class SyncReporter: Sendable {
  private struct State {
    var total: Int
    var done = 0
    var failed = 0
    var inFlight: Set<GenerationID> = []
    var printed: Set<String> = []
  }

  private let session: Session
  private let line: ProgressLine
  private let label: String
  private let begun = Clock.monotonic()
  /// Whether events are printed as JSON lines.
  private let printsEvents: Bool
  /// Whether the run continues without a provider that cannot be used.
  private let isWatch: Bool
  private let state: Mutex<State>
  /// Writes everything in its order, on a thread of its own.
  ///
  /// If the reader pauses, only this thread waits: replies that were paid for are recorded meanwhile.
  private let writing = DispatchQueue(label: "seedbank.report")

  init(
    _ session: Session, label: String, total: Int, printsEvents: Bool = false, isWatch: Bool = false
  ) {
    self.session = session
    self.label = label
    self.printsEvents = printsEvents
    self.isWatch = isWatch
    line = ProgressLine(session.talk)
    state = Mutex(State(total: total))
  }

  /// More work than known before.
  func expect(_ more: Int) { state.withLock { $0.total += more } }

  func take(_ event: SyncEvent) {
    if printsEvents { print(event) }
    switch event {
    case .submitting(let id): change { $0.inFlight.insert(id) }
    case .downloading(let id, _), .polled(let id, _): change { $0.inFlight.insert(id) }
    case .settled(let id, let status, let failure): settle(id, status, failure)
    case .left(let id, _, let leaving):
      change { $0.inFlight.remove(id) }
      switch leaving {
      case .notFetched(let trouble):
        tellOnce("\(id) is not downloaded yet: \(trouble.summary)")
      case .referenceMissing:
        tellOnce("\(id) is not sent: \(leaving.sentence)")
      case .referenceRemote:
        tellOnce("\(id) is not sent: \(leaving.sentence). Download it: `seedbank fetch \(id)`")
      case .otherAccount, .otherGateway, .pollRefused, .noImageYet:
        tellOnce("\(id) is still pending: \(leaving.sentence)")
      default: break
      }
    case .noted(let id, let note): tellOnce("\(id): \(note)")
    case .paused(let reason, let seconds, let provider):
      tellPause(reason, seconds, ProviderWords(provider))
    case .stopped(let reason, let provider): tell(reason, of: provider)
    case .accepted, .offered, .stored, .queued: break
    }
  }

  /// Removes the progress line, and waits until everything is written.
  ///
  /// It blocks no thread, because other runs of a server need them to record replies.
  func finish() async {
    await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
      writing.async { [line] in
        line.clear()
        waiter.resume()
      }
    }
  }

  /// The end of one round of a watch.
  func endRound(_ report: SyncReport) {
    state.withLock { $0.printed = [] }
    writing.async { [self] in
      line.clear()
      session.talk.note(SyncSummary.sentence(report))
    }
  }

  private func settle(_ id: GenerationID, _ status: Status, _ failure: RecordedFailure?) {
    change { state in
      state.inFlight.remove(id)
      state.done += 1
      if status != .complete { state.failed += 1 }
    }
    guard let failure else { return }
    tellOnce("\(id) \(SyncSummary.verb(status)): \(failure.message)") {
      if status == .unknown { self.session.talk.note(SyncSummary.unknownExplained) }
      if status == .lost || status == .complete {
        self.session.talk.note(SyncSummary.lostExplained)
      }
      if failure.code == RecordedFailure.unusableCode {
        self.session.talk.note(
          "`seedbank show \(id) --extract FOLDER` writes what the reply holds to files.")
      }
    }
  }

  private func change(_ edit: (inout State) -> Void) {
    let progress = state.withLock { state in
      edit(&state)
      let detail = [
        "\(state.inFlight.count) running", state.failed > 0 ? "\(state.failed) failed" : nil,
      ]
      return Progress(
        label: label, done: state.done, total: max(state.total, state.done),
        detail: detail.compactMap(\.self).joined(separator: ", "),
        elapsed: Clock.monotonic() - begun)
    }
    if line.isOn { writing.async { [line] in line.show(progress) } }
  }

  private func tellPause(_ reason: PauseReason, _ seconds: Double, _ provider: ProviderWords) {
    // A short pause is not reported.
    guard seconds >= 5 else { return }
    let length = Progress.durationText(seconds)
    switch reason {
    case .throttled: note("\(provider.subject) asks for fewer requests; continuing in \(length)")
    case .noUsableReply: note("no usable reply from \(provider.subject); trying again in \(length)")
    case .unreachable: note("cannot connect to \(provider.subject); trying again in \(length)")
    }
  }

  private func tell(_ reason: StopReason, of provider: String?) {
    switch reason {
    // The command itself reports at its end why there is no client.
    case .noClient where !isWatch: return
    case .interrupted: return
    default: break
    }
    above { [self] in session.talk.report(Failure(reason, of: provider)) }
  }

  private func note(_ sentence: String) { above { [self] in session.talk.note(sentence) } }

  /// Prints above the progress line.
  private func above(_ print: @escaping @Sendable () -> Void) {
    writing.async { [line] in line.above(print) }
  }

  /// Prints a reason when it first occurs.
  ///
  /// Other ids before it do not make it a new reason.
  private func tellOnce(_ sentence: String, and more: @escaping @Sendable () -> Void = {}) {
    let reason = String(sentence.drop { $0 != " " })
    let isNew = state.withLock { $0.printed.count < 100 && $0.printed.insert(reason).inserted }
    guard isNew else { return }
    above { [self] in
      session.talk.note(sentence)
      more()
    }
  }

  private func print(_ event: SyncEvent) {
    let text = EventLine.json(event, at: Clock.now())
    writing.async { [output = session.output] in
      output.write(text)
      // The output remembers an error, and the last flush of the command throws it.
      try? output.flush()
    }
  }
}
