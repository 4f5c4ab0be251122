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
  }

  private let state = Mutex(State())

  /// Why the most recent run ended before its work was done, in a sentence.
  var notice: String? { state.withLock { $0.notice } }

  func start(_ work: GatewayWork, _ library: Library, _ ids: [GenerationID]) {
    state.withLock { $0.notice = nil }
    let task = Task {
      let reporter = SyncReporter(work.session, label: "generate", total: ids.count)
      // Failures are recorded with each generation, and events report them to the page.
      let failure: Failure?
      do {
        failure = try await work.run(library, .only(ids), reporter).stop.map { Failure($0) }
      } catch {
        failure = Failure(error)
      }
      if let failure { state.withLock { $0.notice = failure.sentence } }
    }
    state.withLock { state in
      state.tasks.append(task)
      state.works.append(work)
    }
  }

  func stop() async {
    let (tasks, works) = state.withLock { ($0.tasks, $0.works) }
    for work in works { work.stop.turnOn() }
    for task in tasks { await task.value }
  }
}
