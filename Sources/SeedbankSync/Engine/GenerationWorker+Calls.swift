import FoundationEssentials
import SeedbankModel
import SeedbankProviders
import SeedbankStorage

extension GenerationWorker {
  /// Marks the request as sent, sends it, and records the reply.
  ///
  /// Nothing here is ever cancelled. A user who stops the run waits for the reply.
  mutating func submit(_ item: WorkItem) async throws -> Leaving? {
    guard try await waitForRoom() else { return .stopped }
    guard await run.admission(of: .submit, to: provider) == nil else { return .stopped }
    var isUnderWay = true
    defer { if isUnderWay { run.endSubmit(to: provider) } }
    // Its mark is that of an earlier process or attempt. Repeated, it is not charged again.
    let isRepeat = item.status == .submitting
    let attempt = isRepeat ? item.attempt : item.attempt.next
    guard let client = await client() else { return .stopped }
    guard !isRepeat || isSent(item, by: client) else {
      try await record(.loseTrack(.interrupted, reply: nil))
      return .settled
    }
    var request = EncodedRequest(
      endpoint: item.provider.endpoint, body: RequestBody(recorded: item.requestBody))
    // The reply needs disk space. Nothing is requested that could not be stored.
    let needed = run.settings.replyRoom(
      images: item.requestedImages, inline: client.service.repliesWithImages(to: request))
    let free = try run.library.images.freeRoom()
    guard free >= needed else {
      run.endSubmit(to: provider)
      isUnderWay = false
      return await waitForOthers(orStop: .noRoom(free: free, needed: needed)) ? nil : .stopped
    }
    let reserve = try run.library.images.holdRoom(forReplyTo: attempt, bytes: needed)
    told.clientRequestID = item.uid.description
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
        run.endSubmit(to: provider)
        isUnderWay = false
        return try await follow(decision, of: .submit, startedAt: begun)
      }
      if !references.isEmpty {
        told.sentDigest = try Self.digest(
          of: client.content(of: request, references, clientID: item.uid.description))
      }
    } catch let error as UnreadableReference {
      // Only this request needs the missing file. If the file is restored, a later run sends the request.
      return .referenceMissing(position: error.position)
    }
    let account = AccountMark(of: client, salt: run.accountSalt)
    let price = item.provider.cost ?? run.price(images: item.requestedImages)
    do {
      if !isRepeat {
        try await markSubmitted(
          .submit(to: client.address.description, account: account.text), price, for: item)
      }
    } catch let error as BudgetError {
      run.note(.budgetReached(error), of: .submit, to: provider, startedAt: run.world.uptime())
      return .stopped
    }
    run.tell(.submitting(id))
    let begun = run.world.uptime()
    let answer = await client.submit(
      request, clientID: item.uid.description, references: references,
      images: item.requestedImages,
      // Images of an earlier attempt keep their positions.
      firstPosition: (item.storedPositions.max() ?? 0) + 1
    ) { [run] record in
      run.keepBeginning(record, ofReplyTo: attempt)
    }
    if case .offered(let offers) = answer.outcome { note(echoesOf: offers) }
    var decision = JobPlan.after(
      answer.outcome, reply: answer.reply?.body, throttles: progress.throttles, by: item.subject)
    if item.canRepeat {
      decision = JobPlan.repeatable(decision, isRepeat: isRepeat, &progress)
    }
    if case .throttled = decision.signal { progress.throttles += 1 }
    // First tell all workers: while this reply waits for disk space, none of them should send.
    run.note(decision.signal, of: .submit, to: provider, startedAt: begun)
    decision.signal = .none
    run.endSubmit(to: provider)
    isUnderWay = false
    if !isRepeat, let target = decision.transition?.target, [.queued, .failed].contains(target) {
      run.removeCost(price)
    }
    switch decision.transition {
    case .offered(let reply, _, _): makeWayIfLight(reply.count)
    case .accepted: makeWay(to: .polling)
    default: break
    }
    let held = answer.reply.map {
      HeldReply(
        attempt: attempt, reply: KeptReply(status: $0.status, body: $0.body), reserve: reserve)
    }
    let leaving = try await follow(decision, of: .submit, startedAt: begun, holding: held)
    run.library.images.forgetKeptReply(to: attempt)
    return leaving
  }

  /// Whether a request was sent to the address and with the account of a client.
  private func isSent(_ item: WorkItem, by client: GatewayClient) -> Bool {
    item.gateway == client.address.description
      && item.account.flatMap(AccountMark.init)?.fits(client) ?? true
  }

  /// Reads a reply that was written to a file because the catalog had no space for it.
  static func read(
    _ kept: KeptReply, of item: WorkItem, by service: any ImageService
  ) -> SubmitAnswer {
    let reply = Reply(status: kept.status, body: kept.body)
    return SubmitAnswer(
      outcome: service.readSubmit(
        reply, from: item.provider.endpoint ?? EncodedRequest.standardEndpoint,
        at: Date(timeIntervalSince1970: item.since.seconds)),
      reply: reply)
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
      let outcome: UploadOutcome?
      do {
        outcome = try await run.stop.cancelling {
          await client.upload(image, named: placeholder, for: request, clientID: clientID)
        }
      } catch {
        return .refused(.notSubmitted(NotSubmitted(reason: .cancelled)))
      }
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
    do {
      try await record(transition, reserving: reservation, stoppedBy: run.stop)
    } catch {
      run.removeCost(price)
      throw error
    }
  }

  mutating func poll(_ jobID: String, _ item: WorkItem) async throws -> Leaving? {
    guard await run.admission(of: .poll, to: provider) == nil else { return .stopped }
    guard let client = await client() else { return .stopped }
    let begun = run.world.uptime()
    if progress.waitingSince == nil { progress.waitingSince = begun }
    let endpoint = item.provider.endpoint ?? EncodedRequest.standardEndpoint
    guard
      let answer = try? await run.stop.cancelling({
        await client.poll(jobID, at: endpoint, images: item.requestedImages)
      })
    else { return .stopped }
    switch answer.outcome {
    case .offered(let offers), .incomplete(_, let offers): note(echoesOf: offers)
    default: break
    }
    if case .pending(let status) = answer.outcome { run.tell(.polled(id, status: status?.word)) }
    let reply = answer.reply?.body
    if let reply, answer.outcome.mayEndJob { try await keep(reply) }
    let job = PolledJob(
      item, isOwnGateway: item.gateway == nil || item.gateway == client.address.description,
      isOwnAccount: item.account.flatMap(AccountMark.init)?.fits(client) ?? true)
    let decision = JobPlan.after(
      answer.outcome, reply: reply, job, &progress, at: run.world.uptime(), run.settings)
    // The unchanged reply may have a form that only a later version can read.
    if let reply, case .leave(let leaving) = decision.next, leaving != .settled,
      reply.count <= run.settings.keptPollReply
    {
      try await keep(reply)
    }
    return try await follow(decision, of: .poll, startedAt: begun)
  }

  /// Records, with the next step, the model and the seed that the service reports.
  private mutating func note(echoesOf offers: Offers) {
    told.modelEchoed = offers.model
    told.seedEchoed = offers.seed.map { ImageSeed($0) }
  }

  private static func digest(of content: RequestContent) throws -> Digest {
    var hash = RunningDigest()
    try content.forEachPiece { hash.update($0) }
    return hash.value
  }

  /// Stores a reply to a poll unchanged, unless it would replace a reply that offers images.
  private func keep(_ reply: [UInt8]) async throws {
    let recorded = try run.library.recordedReplies(of: id)
    let offers = [recorded.poll, recorded.submit].contains { $0.flatMap(Offers.read) != nil }
    if !offers { try await run.catalog.write { try $0.keepPollReply(reply, of: id) } }
  }

  /// The provider's client, or nil if it cannot be created.
  ///
  /// Then the work for this provider ends.
  func client() async -> GatewayClient? {
    do {
      return try await run.gateway.client(of: provider)
    } catch {
      run.halt(provider, .noClient(provider: provider))
      return nil
    }
  }
}
