import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// A request that can be sent: its disk space is allocated, and its reference images are open and uploaded.
private struct PreparedRequest {
  let item: WorkItem
  let client: GatewayClient
  let attempt: RequestAttempt
  /// Whether an earlier process or attempt marked the request as sent.
  ///
  /// A repetition is not charged again.
  let isRepeat: Bool
  /// What it costs; nil if that is not known.
  let price: Cost?
  let encoded: EncodedRequest
  let references: [String: ReferenceBytes]
  /// The disk space for the reply.
  let reserve: ReplyReserve
}

/// A submit that counts as running until its end.
private struct AdmittedSubmit {
  private let run: SyncRun
  private let provider: String
  private var isUnderWay = true

  init(to provider: String, in run: SyncRun) {
    self.provider = provider
    self.run = run
  }

  /// Ends it; has no effect if it has ended.
  mutating func end() {
    guard isUnderWay else { return }
    isUnderWay = false
    run.endSubmit(to: provider)
  }
}

extension GenerationWorker {
  /// Marks the request as sent, sends it, and records the reply.
  ///
  /// Nothing here is ever cancelled. A user who stops the run waits for the reply.
  mutating func submit(_ item: WorkItem) async throws -> Leaving? {
    guard try await waitForDiskSpace() else { return .stopped }
    guard await run.admission(of: .submit, to: provider) == nil else { return .stopped }
    var admitted = AdmittedSubmit(to: provider, in: run)
    defer { admitted.end() }
    guard let client = await client() else { return .stopped }
    guard item.status != .submitting || isSent(item, by: client) else {
      try await record(.outcomeUnknown(.interrupted, reply: nil))
      return .settled
    }
    switch try await prepare(item, for: client, &admitted) {
    case .notReady(let leaving): return leaving
    case .ready(let request):
      guard try await mark(request) else { return .stopped }
      run.tell(.submitting(id))
      started.notify()
      let begun = run.world.uptime()
      let answer = await send(request)
      return try await settle(answer, to: request, startedAt: begun, &admitted)
    }
  }

  private enum Preparation {
    case ready(PreparedRequest)
    /// Nothing was sent. The value is the reason if the run leaves the generation.
    case notReady(Leaving?)
  }

  /// Allocates the disk space for the reply, and opens and uploads the reference images.
  private mutating func prepare(
    _ item: WorkItem, for client: GatewayClient, _ admitted: inout AdmittedSubmit
  ) async throws -> Preparation {
    let isRepeat = item.status == .submitting
    let attempt = isRepeat ? item.attempt : item.attempt.next
    var request = EncodedRequest(
      endpoint: item.provider.endpoint, body: RequestBody(recorded: item.requestBody))
    // The reply needs disk space. Nothing is requested that could not be stored.
    let needed = run.settings.replyDiskSpace(
      images: item.requestedImages, inline: client.service.repliesWithImages(to: request))
    let free = try run.library.images.freeDiskSpace()
    guard free >= needed else {
      admitted.end()
      let mayContinue = await waitForOthers(orStop: .noDiskSpace(free: free, needed: needed))
      return .notReady(mayContinue ? nil : .stopped)
    }
    let reserve = try run.library.images.holdDiskSpace(forReplyTo: attempt, bytes: needed)
    reported.clientRequestID = item.uid.description
    let references: [String: ReferenceBytes]
    do {
      references = try ReferenceFiles(
        item.references, of: item.requestBody, in: run.library.folder
      ).bytes
      let begun = run.world.uptime()
      switch await upload(references, for: request, of: item, by: client) {
      case .stored(let links): request = request.replacingImages(by: links)
      case .refused(let outcome):
        var decision = JobPlan.afterUpload(
          outcome, throttles: progress.throttles, by: item.subject)
        if case .throttled = decision.signal { progress.throttles += 1 }
        run.note(decision.signal, of: .submit, to: provider, startedAt: begun)
        decision.signal = .none
        admitted.end()
        return .notReady(try await follow(decision, of: .submit, startedAt: begun))
      }
      if !references.isEmpty {
        reported.sentDigest = try Self.digest(
          of: client.content(of: request, references, clientID: item.uid.description))
      }
    } catch let error as UnreadableReference {
      // Only this request needs the missing file. If the file is restored, a later run sends the request.
      let isRemote = item.references.contains {
        $0.position == error.position && $0.place == .remote
      }
      return .notReady(
        isRemote
          ? .referenceRemote(position: error.position)
          : .referenceMissing(position: error.position))
    }
    return .ready(
      PreparedRequest(
        item: item, client: client, attempt: attempt, isRepeat: isRepeat,
        price: item.provider.cost ?? run.price(images: item.requestedImages), encoded: request,
        references: references, reserve: reserve))
  }

  /// Marks a request as sent, if it is not marked yet.
  ///
  /// - Returns: false if a budget does not allow it.
  private mutating func mark(_ request: PreparedRequest) async throws -> Bool {
    guard !request.isRepeat else { return true }
    let account = AccountMark(of: request.client, salt: run.accountSalt)
    do {
      try await markSubmitted(
        .submit(to: request.client.address.description, account: account.text), request.price,
        for: request.item)
      return true
    } catch let error as BudgetError {
      run.note(.budgetReached(error), of: .submit, to: provider, startedAt: run.world.uptime())
      return false
    }
  }

  private func send(_ request: PreparedRequest) async -> SubmitAnswer {
    await request.client.submit(
      request.encoded, clientID: request.item.uid.description, references: request.references,
      images: request.item.requestedImages,
      // Images of an earlier attempt keep their positions.
      firstPosition: (request.item.storedPositions.max() ?? 0) + 1
    ) { [run, attempt = request.attempt] record in
      run.keepBeginning(record, ofReplyTo: attempt)
    }
  }

  /// Tells all workers what the answer means for them, and records it.
  private mutating func settle(
    _ answer: SubmitAnswer, to request: PreparedRequest, startedAt begun: Duration,
    _ admitted: inout AdmittedSubmit
  ) async throws -> Leaving? {
    let item = request.item
    if case .offered(let offers) = answer.outcome { note(echoesOf: offers) }
    var decision = JobPlan.after(
      answer.outcome, reply: answer.reply?.body, throttles: progress.throttles, by: item.subject)
    if item.canRepeat {
      decision = JobPlan.repeatable(decision, isRepeat: request.isRepeat, &progress)
    }
    if case .throttled = decision.signal { progress.throttles += 1 }
    // First tell all workers: while this reply waits for disk space, none of them should send.
    run.note(decision.signal, of: .submit, to: provider, startedAt: begun)
    decision.signal = .none
    admitted.end()
    if !request.isRepeat, let target = decision.transition?.target,
      [.queued, .failed].contains(target)
    {
      run.removeCost(request.price)
    }
    switch decision.transition {
    case .offered(let reply, _, _): moveIfSmall(reply.count)
    case .accepted: move(to: .polling)
    default: break
    }
    let held = answer.reply.map {
      HeldReply(
        attempt: request.attempt, reply: KeptReply(status: $0.status, body: $0.body),
        reserve: request.reserve)
    }
    let leaving = try await follow(decision, of: .submit, startedAt: begun, holding: held)
    run.library.images.forgetKeptReply(to: request.attempt)
    return leaving
  }

  /// Whether a request was sent to the address and with the account of a client.
  private func isSent(_ item: WorkItem, by client: GatewayClient) -> Bool {
    item.gateway == client.address.description
      && item.account.flatMap(AccountMark.init)?.fits(client) ?? true
  }

  private enum Uploaded {
    /// The links by placeholder.
    case stored([String: String])
    case refused(SubmitOutcome)
  }

  /// Uploads the reference images that the service does not take in a request.
  ///
  /// It happens before the request is marked as sent: a process that is killed here has sent no request.
  private func upload(
    _ references: [String: ReferenceBytes], for request: EncodedRequest, of item: WorkItem,
    by client: GatewayClient
  ) async -> Uploaded {
    var links: [String: String] = [:]
    for (placeholder, image) in references.sorted(by: { $0.key < $1.key }) {
      if let link = run.uploads.link(placeholder, at: provider, run.world.uptime()) {
        links[placeholder] = link
        continue
      }
      let clientID = item.uid.description
      let outcome: UploadOutcome? = try? await run.stop.cancelling {
        await client.upload(image, named: placeholder, for: request, clientID: clientID)
      }
      // No request was sent yet, and an upload that the stop has canceled says nothing about the service.
      if run.stop.isOn { return .refused(.notSubmitted(NotSubmitted(reason: .cancelled))) }
      switch outcome {
      case .stored(let link)?:
        links[placeholder] = link
        run.uploads.note(link, of: placeholder, at: provider, run.world.uptime())
      case .refused(let refusal)?: return .refused(refusal)
      case nil: break
      }
    }
    return .stored(links)
  }

  /// Marks the generation as sent, together with what it may cost.
  ///
  /// - Throws: `BudgetError`, `LibraryError`.
  private mutating func markSubmitted(
    _ transition: Transition, _ price: Cost?, for item: WorkItem
  ) async throws {
    let reservation = Reservation(
      images: item.requestedImages, price: price, budget: run.settings.budget,
      at: run.world.localTime)
    try run.addCost(price, model: item.model)
    // An outcome can stay unknown. The record then has the price that the budgets count.
    if item.provider.cost == nil { reported.cost = price }
    do {
      try await record(transition, reserving: reservation, stoppedBy: run.stop)
    } catch {
      run.removeCost(price)
      throw error
    }
  }

  private static func digest(of content: RequestContent) throws -> Digest {
    var hash = RunningDigest()
    try content.forEachPiece { hash.update($0) }
    return hash.value
  }
}
