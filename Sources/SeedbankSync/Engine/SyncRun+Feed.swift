import SeedbankModel
import SeedbankStorage
import Synchronization

extension SyncRun {
  /// The number of ids read at a time.
  ///
  /// The queue may not fit into memory.
  private static let page = 256

  /// Offered images come first, because links expire.
  ///
  /// Interrupted generations are next, then the queue.
  private static let order: [Status] = [.ready, .pending, .submitting, .queued]

  /// The pause before each of the first requests of a run, when the one before is being sent.
  ///
  /// It keeps them in the order of the list. Later requests start when others end.
  static let startInterval = Duration.milliseconds(20)

  /// How long a request waits until the one before is being sent.
  ///
  /// That one can need an upload, or must wait until others have been answered.
  static let longestStart = Duration.seconds(1)

  /// Gives each generation in scope to a worker when a slot is free.
  ///
  /// - Parameter hasNews: for a run over all generations, called while the last ones are running: whether
  ///   the queue has new entries.
  func feed(
    _ scope: SyncEngine.Scope, hasNews: (() throws -> Bool)? = nil
  ) async throws -> SyncReport {
    let failure = Mutex<(any Error)?>(nil)
    await withDiscardingTaskGroup { group in
      do {
        switch scope {
        case .only(let ids): try await hand(ids, to: &group)
        case .all:
          try await handAll(to: &group)
          while let hasNews, !activeGenerations.isIdle, !isStopped(.submit) {
            await rest(SyncEngine.pollInterval)
            if try hasNews() { try await handAll(to: &group) }
          }
        }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    if case .all = scope {
      try countQueue()
      if hasNews == nil { try countHeld() }
    }
    return currentReport()
  }

  private func handAll(to group: inout DiscardingTaskGroup) async throws {
    for status in Self.order {
      var starts = FirstStarts()
      var cursor = GenerationID(0)
      while !isOver(for: status) {
        let ids = try library.unfinished(in: status, after: cursor, limit: Self.page)
        guard let last = ids.last else { break }
        cursor = last
        for id in ids where !activeGenerations.knows(id) {
          await slots.take()
          guard !isOver(for: status) else {
            slots.giveBack()
            return
          }
          if status == .queued { await waitBeforeStart(after: starts) }
          starts.add(hand(id, to: &group))
        }
      }
    }
  }

  /// Whether more of them could not be processed.
  private func isOver(for status: Status) -> Bool {
    switch status {
    case .queued: isStopped(.submit)
    case .pending: isStopped(.poll)
    default: isStopped(.download)
    }
  }

  /// Gives each of these to a worker once, also if it is named more than once.
  private func hand(_ ids: [GenerationID], to group: inout DiscardingTaskGroup) async throws {
    var starts = FirstStarts()
    var seen: Set<GenerationID> = []
    for id in ids where seen.insert(id).inserted {
      await slots.take()
      await waitBeforeStart(after: starts)
      starts.add(hand(id, to: &group))
    }
  }

  /// Keeps the requests that start together in their order.
  private func waitBeforeStart(after starts: FirstStarts) async {
    guard starts.count > 0, starts.count < settings.jobs else { return }
    if let last = starts.last, last.version == 0 { await wait(for: last) }
    await rest(Self.startInterval)
  }

  /// Waits until a worker reports its start, or for ``longestStart``.
  private func wait(for started: ChangeNotifier) async {
    let sleep = world.sleep
    let limit = Self.longestStart
    try? await stop.cancelling {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await started.wait(after: 0) }
        group.addTask { try? await sleep(limit) }
        _ = await group.next()
        group.cancelAll()
      }
    }
  }

  /// Gives a generation and a slot to a worker, unless a worker had it before.
  ///
  /// - Returns: what the worker reports its start to; nil without a worker.
  private func hand(
    _ id: GenerationID, to group: inout DiscardingTaskGroup
  ) -> ChangeNotifier? {
    guard activeGenerations.begin(id) else {
      slots.giveBack()
      return nil
    }
    let started = ChangeNotifier()
    group.addTask {
      let leaving = await self.work(on: id, reportingStartTo: started)
      self.activeGenerations.end(id, isSettled: leaving == .settled || leaving == .settledElsewhere)
    }
    return started
  }

  /// Counts the generations that another library owns.
  func countHeld() throws {
    guard let held = try library.heldWork() else { return }
    count(.held, of: held.first, Leaving.held.reason, number: held.count)
  }

  /// Counts the generations that were not started after an early end, by status.
  private func countQueue() throws {
    guard currentReport().stop != nil else { return }
    let standing = try library.incompleteCounts()
    let counted = currentReport().counts
    for status in Self.order {
      countLeft((standing[status] ?? 0) - (counted[status] ?? 0), in: status)
    }
  }

  /// Continues one generation in its slot.
  private func work(
    on id: GenerationID, reportingStartTo started: ChangeNotifier
  ) async -> Leaving {
    defer { started.notify() }
    var worker = GenerationWorker(id, in: self, reportingStartTo: started)
    let leaving: Leaving
    do {
      if let claim = try claims.claim(id) {
        leaving = try await worker.proceed()
        withExtendedLifetime(claim) {}
      } else {
        leaving = .claimedElsewhere
      }
    } catch is CancellationError {
      leaving = .stopped
    } catch let error as LibraryError where !error.isOfThisMachine {
      leaving = .changedElsewhere
    } catch {
      halt(dueTo: error)
      leaving = .stopped
    }
    worker.needsDiskSpace = false
    if let stage = worker.stage { slots.leave(stage) } else { slots.giveBack() }
    conclude(worker, leaving)
    return leaving
  }

  private func conclude(_ worker: GenerationWorker, _ leaving: Leaving) {
    switch leaving {
    case .claimedElsewhere: countElsewhere()
    case .changedElsewhere: break
    case .settledElsewhere:
      if isOverEverything { return }
      count(worker.status, of: worker.id, nil)
      return
    case .settled:
      count(worker.status, of: worker.id, worker.failure)
      tell(.settled(worker.id, worker.status, worker.failure))
      return
    default: count(worker.status, of: worker.id, leaving.reason)
    }
    tell(.left(worker.id, worker.status, leaving))
  }
}

/// The starts of the first generations of a list.
private struct FirstStarts {
  private(set) var count = 0
  /// What the last one reports its start to.
  private(set) var last: ChangeNotifier?

  mutating func add(_ started: ChangeNotifier?) {
    count += 1
    last = started
  }
}
