import FoundationEssentials
import SeedbankModel
import SeedbankProviders
import SeedbankStorage

extension GenerationWorker {
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
    let uptime = run.world.uptime()
    let planned = JobPlan.after(
      answer.outcome, reply: reply, job, &progress, at: uptime, run.settings)
    let decision = try JobPlan.orSubmittedImages(
      planned, after: answer.outcome, job, &progress, at: uptime, run.settings
    ) { [run, id] in
      try run.library.recordedReplies(of: id).submit
    }
    // The unchanged reply may have a form that only a later version can read.
    if let reply, case .leave(let leaving) = decision.next, leaving != .settled,
      reply.count <= run.settings.keptPollReply
    {
      try await keep(reply)
    }
    return try await follow(decision, of: .poll, startedAt: begun)
  }

  /// Records, with the next step, the model and the seed that the service reports.
  mutating func note(echoesOf offers: Offers) {
    reported.modelEchoed = offers.model
    reported.seedEchoed = offers.seed.map { ImageSeed($0) }
  }

  /// Stores a reply to a poll unchanged, unless it would replace a reply that offers the job's images.
  private func keep(_ reply: [UInt8]) async throws {
    guard try run.library.recordedReplies(of: id).jobOffers == nil else { return }
    try await run.catalog.write { try $0.keepPollReply(reply, of: id) }
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
