import SeedbankModel
import SeedbankProviders
import SeedbankStorage

extension GenerationWorker {
  /// Marks it as sent, sends it, and records what came back.
  ///
  /// Nothing here is ever cancelled: a person who stops the run waits for the reply.
  mutating func submit(_ item: WorkItem) async throws -> Leaving? {
    guard await run.admission(of: .submit) == nil else { return .stopped }
    var isUnderWay = true
    defer { if isUnderWay { run.endSubmit() } }
    needsRoom = true
    // What comes back must find room: nothing is asked for that could not be kept.
    let reserve = try run.library.images.holdRoom(
      forReplyOf: item.uid, bytes: run.settings.replyRoom(inline: item.wantsInlineImages))
    if let refusal = RoomPlan.refusal(
      free: try run.library.images.freeRoom(), expected: run.expected.load(ordering: .relaxed),
      run.settings)
    {
      run.halt(refusal)
      return .stopped
    }
    guard let client = await client() else { return .stopped }
    let account = AccountMark(of: client, salt: run.accountSalt)
    let price = item.provider.cost ?? run.price(images: item.requestedImages)
    do {
      try await markSubmitted(
        .submit(to: client.address.description, account: account.text), price, for: item)
    } catch let error as BudgetError {
      run.note(.budgetReached(error), of: .submit, startedAt: run.world.uptime())
      return .stopped
    }
    run.tell(.submitting(id))
    let begun = run.world.uptime()
    let answer = await client.submit(RequestBody(recorded: item.requestBody))
    var decision = JobPlan.after(
      answer.outcome, reply: answer.reply?.body, throttles: progress.throttles)
    if case .throttled = decision.signal { progress.throttles += 1 }
    // All workers hear first: while this reply waits for room, none of them should send.
    run.note(decision.signal, of: .submit, startedAt: begun)
    decision.signal = .none
    run.endSubmit()
    isUnderWay = false
    if let target = decision.transition?.target, [.queued, .failed].contains(target) {
      run.removeCost(price)
    }
    let held = answer.reply.map {
      HeldReply(
        uid: item.uid, reply: KeptReply(status: $0.status, body: $0.body), reserve: reserve)
    }
    return try await follow(decision, of: .submit, startedAt: begun, holding: held)
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
    guard await run.admission(of: .poll) == nil else { return .stopped }
    guard let client = await client() else { return .stopped }
    let begun = run.world.uptime()
    if progress.waitingSince == nil { progress.waitingSince = begun }
    guard let answer = try? await run.stop.cancelling({ await client.poll(jobID) }) else {
      return .stopped
    }
    if case .pending(let status) = answer.outcome { run.tell(.polled(id, status: status?.word)) }
    let reply = answer.reply?.body
    if let reply, answer.outcome.mayEndJob { try await keep(reply) }
    let job = PolledJob(
      item, isOwnGateway: item.gateway == nil || item.gateway == client.address.description,
      isOwnAccount: item.account.flatMap(AccountMark.init)?.fits(client) ?? true)
    let decision = JobPlan.after(
      answer.outcome, reply: reply, job, &progress, at: run.world.uptime(), run.settings)
    // What is left as it is may be told in a shape that only a later version can read.
    if let reply, case .leave(let leaving) = decision.next, leaving != .settled,
      reply.count <= run.settings.keptPollReply
    {
      try await keep(reply)
    }
    return try await follow(decision, of: .poll, startedAt: begun)
  }

  /// Keeps a reply to a poll verbatim, unless a reply that offers images would give way to it.
  private func keep(_ reply: [UInt8]) async throws {
    let recorded = try run.library.recordedReplies(of: id)
    let offers = [recorded.poll, recorded.submit].contains { $0.flatMap(Offers.read) != nil }
    if !offers { try await run.catalog.write { try $0.keepPollReply(reply, of: id) } }
  }

  /// The client, or nil where there can be none: then the run is over.
  func client() async -> GatewayClient? {
    do {
      return try await run.gateway.client()
    } catch {
      run.halt(.noClient)
      return nil
    }
  }
}
