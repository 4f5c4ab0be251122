import SeedbankModel
import SeedbankStorage
import SeedbankSync
import Synchronization

/// Runs of the sync engine that a server has started.
final class BackgroundSync: Sendable {
  private struct State {
    var tasks: [Task<Void, Never>] = []
    var works: [GatewayWork] = []
    var notice: String?
    var isStopping = false
  }

  private let state = Mutex(State())

  /// Why the most recent run ended before its work was done, and what to do, in whole sentences.
  var notice: String? { state.withLock { $0.notice } }

  /// Starts a run over these generations.
  ///
  /// After a stop it does nothing, because nothing would wait for the replies. The generations stay queued.
  func start(_ work: GatewayWork, _ library: Library, _ ids: [GenerationID]) {
    state.withLock { state in
      guard !state.isStopping else { return }
      state.notice = nil
      state.works.append(work)
      state.tasks.append(Task { await run(work, library, ids) })
    }
  }

  private func run(_ work: GatewayWork, _ library: Library, _ ids: [GenerationID]) async {
    let reporter = SyncReporter(work.session, label: "generate", total: ids.count)
    // Failures are recorded with each generation, and events report them to the page.
    let failure: Failure?
    do {
      let report = try await work.run(library, .only(ids), reporter)
      failure = report.stop.map { Failure($0, of: report.stopProvider) }
    } catch {
      failure = Failure(error)
    }
    if let failure { state.withLock { $0.notice = Self.notice(failure) } }
  }

  static func notice(_ failure: Failure) -> String {
    [failure.sentence, failure.hint.map { "Hint: \($0)" }].compactMap(\.self)
      .map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
  }

  /// Stops all runs and waits for the replies to their requests.
  func stop() async {
    let (tasks, works) = state.withLock { state in
      state.isStopping = true
      return (state.tasks, state.works)
    }
    for work in works { work.stop.turnOn() }
    for task in tasks { await task.value }
  }
}
