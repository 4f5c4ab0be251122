import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// Continues one claimed generation as far as possible.
struct GenerationWorker {
  let run: SyncRun
  let id: GenerationID
  /// Reports that its request is being sent, or that it sends none now.
  let started: ChangeNotifier
  var progress = JobProgress()
  /// Its status and the reason, for the report.
  private(set) var status: Status = .queued
  private(set) var failure: RecordedFailure?
  /// The provider for which it was recorded.
  private(set) var provider = WorkItem.standardProvider
  /// The stage it is in, if it has no slot.
  private(set) var stage: WorkerSlots.Stage?

  /// Whether its reply or its images still need space on the library's disk.
  var needsDiskSpace = false {
    didSet {
      guard needsDiskSpace != oldValue else { return }
      run.expected.add(needsDiskSpace ? 1 : -1, ordering: .relaxed)
    }
  }

  /// What the next step records about the service.
  var reported = RecordedProvider()

  /// Whether its job was running before this run.
  ///
  /// Then the remaining time cannot be estimated.
  private var isOldJob = false

  init(_ id: GenerationID, in run: SyncRun, reportingStartTo started: ChangeNotifier) {
    self.id = id
    self.run = run
    self.started = started
  }

  /// - Throws: `LibraryError` if this computer or the library is the cause.
  mutating func proceed() async throws -> Leaving {
    var isFirstLook = true
    while true {
      defer { isFirstLook = false }
      guard let item = try run.workItem(id) else { return .changedElsewhere }
      status = item.status
      provider = item.providerName
      needsDiskSpace = status.needsDiskSpace
      if isFirstLook { isOldJob = status == .pending }
      let kept: SubmitAnswer?
      if status == .submitting, let reply = item.keptReply {
        // Only its own service can read it. Without a client, a later run reads it.
        guard let client = await client() else { return .stopped }
        kept = Self.read(reply, of: item, by: client.service)
      } else {
        kept = nil
      }
      let step = JobPlan.step(for: item, progress, kept: kept)
      if step != .submit { started.notify() }
      switch step {
      case .leave(let leaving):
        // Another process took it after the page of ids was read.
        if leaving == .settled, isFirstLook { return .settledElsewhere }
        return leaving
      case .record(let transition):
        if status == .ready, transition.target == .complete || transition.target == .unknown {
          try await finish(item)
        }
        for position in item.storedPositions {
          run.library.images.forgetReceived(Self.incomingName(position, of: item))
        }
        try await record(transition, made: item.offers?.images.count)
        // Also what is left of the reply that was recorded before a process ended.
        run.library.images.forgetKeptReply(to: item.attempt)
      case .submit:
        if let leaving = try await submit(item) { return leaving }
      case .poll(let jobID):
        if let leaving = try await poll(jobID, item) { return leaving }
      case .fetch(let offers):
        // The image that has waited longest, so that a missing image does not delay the others.
        let next = offers.min { progress[$0.position].dueAt < progress[$1.position].dueAt }
        guard let next else { return .settled }
        moveIfSmall(item.replyBody?.count ?? 0)
        let pause = progress[next.position].dueAt - run.world.uptime()
        if pause > .zero {
          if stage != nil { move(to: .waiting) }
          await run.rest(pause)
        }
        if let leaving = try await fetch(next, item) { return leaving }
      }
    }
  }

  /// Executes a decision.
  ///
  /// Returns the reason if the run leaves the generation.
  mutating func follow(
    _ decision: JobDecision, of call: QueueState.Call, startedAt: Duration,
    holding reply: HeldReply? = nil
  ) async throws -> Leaving? {
    run.note(decision.signal, of: call, to: provider, startedAt: startedAt)
    if let transition = decision.transition {
      if let reply {
        try await record(transition, holding: reply)
      } else {
        try await record(transition, made: madeImages(at: transition))
      }
    }
    if let note = decision.note {
      try await self.note(note, event: decision.event)
    }
    switch decision.next {
    case .goOn:
      if decision.transition?.target == .ready { await returnToSlot() }
      return nil
    case .leave(let leaving): return leaving
    case .wait(let wait):
      moveWhileWaiting()
      await run.rest(run.length(of: wait))
      return nil
    case .retry(let position, let wait):
      progress[position].dueAt = run.world.uptime() + run.length(of: wait)
      return nil
    }
  }

  /// The number of images that a job made which is complete without all of them; nil for other steps.
  ///
  /// The images of its last offer are charged, whether they are in the library or not.
  private func madeImages(at transition: Transition) throws -> Int? {
    guard case .complete = transition else { return nil }
    return try run.library.recordedReplies(of: id).jobOffers?.images.count
  }

  /// A waiting job gives up its slot.
  ///
  /// At first it moves to the small stage for new jobs, and to the large one when it is slow.
  private mutating func moveWhileWaiting() {
    guard status == .pending, stage != .waiting else { return }
    let since = progress.waitingSince ?? run.world.uptime()
    let isSlow = isOldJob || run.world.uptime() - since >= run.settings.slotPatience
    if isSlow { move(to: .waiting) }
    if stage == nil { move(to: .polling) }
  }

  /// The images of a job are downloaded from a slot again, because slots limit the number of replies in
  /// memory.
  private mutating func returnToSlot() async {
    guard let stage, stage != .downloading else { return }
    run.slots.leave(stage)
    self.stage = nil
    // A request that waits for disk space keeps its slot until fewer generations need space. This one cannot
    // continue without a slot, so the request would wait forever.
    needsDiskSpace = false
    await run.slots.take()
    needsDiskSpace = status.needsDiskSpace
  }

  /// The gateway is finished with it, so another request may be sent while its reply is recorded and its
  /// images are downloaded.
  ///
  /// This stage is small, so that requests do not outrun downloads. A reply that contains images
  /// stays in its slot.
  ///
  /// - Parameter reply: the size of the reply in bytes.
  mutating func moveIfSmall(_ reply: Int) {
    guard stage == nil, reply <= run.settings.largestDownloadingReply else { return }
    move(to: .downloading)
  }

  /// Gives up the slot or leaves another stage, unless `stage` is full.
  mutating func move(to stage: WorkerSlots.Stage) {
    guard stage != self.stage else { return }
    if run.slots.move(from: self.stage, to: stage) { self.stage = stage }
  }

  /// Adds a remark to the timeline.
  func note(_ text: String, event: String = "note") async throws {
    try await run.catalog.write {
      try $0.note(event: event, detail: text, on: id, at: run.world.now())
    }
    run.tell(.noted(id, text))
  }

  /// - Parameter stop: if given, the step is abandoned when the switch is on.
  mutating func record(
    _ transition: Transition, reserving reservation: Reservation? = nil, made: Int? = nil,
    stoppedBy stop: StopSwitch? = nil
  ) async throws {
    let urgency: WriteOrder.Urgency =
      if case .complete = transition { .usual } else { .urgent }
    try await run.catalog.make(
      .advance(
        id, transition, provider: reported, reserving: reservation, made: made,
        at: run.world.now()),
      urgency, stoppedBy: stop)
    self.reported = RecordedProvider()
    status = transition.target
    needsDiskSpace = status.needsDiskSpace
    switch transition {
    case .accepted(let jobID, _): run.tell(.accepted(id, jobID: jobID))
    case .offered, .offeredByPoll: run.tell(.offered(id))
    case .fail(let reason, _, _), .outcomeUnknown(let reason, _), .lose(let reason):
      failure = reason
    case .complete(let shortfall): failure = shortfall
    default: break
    }
  }
}

extension Status {
  /// Whether a reply or images are on their way into the library.
  fileprivate var needsDiskSpace: Bool { self == .submitting || self == .ready }
}

extension LibraryError {
  /// Whether this computer is the cause, not the generation.
  var isOfThisMachine: Bool {
    switch self {
    case .noSuchGeneration, .illegalTransition, .held, .trashed: false
    default: true
    }
  }
}
