import Gateway
import Storage

extension Carrier {
  /// Marks it as sent, sends it, and records what came back.
  ///
  /// Nothing here is ever cancelled: a person who stops the run waits for the reply.
  mutating func submit(_ item: WorkItem) async throws -> Leaving? {
    guard await run.admission(of: .gateway) == nil else { return .stopped }
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
    try record(.submit(to: client.address.description))
    run.tell(.submitting(id))
    let begun = run.world.uptime()
    let answer = await client.submit(RequestBody(recorded: item.requestBody))
    let decision = JobPlan.after(answer.outcome, reply: answer.reply?.body)
    let held = answer.reply.map {
      HeldReply(
        uid: item.uid, reply: KeptReply(status: $0.status, body: $0.body), reserve: reserve)
    }
    return try await follow(decision, startedAt: begun, holding: held)
  }

  mutating func poll(_ jobID: String, _ item: WorkItem) async throws -> Leaving? {
    guard await run.admission(of: .gateway) == nil else { return .stopped }
    guard let client = await client() else { return .stopped }
    let begun = run.world.uptime()
    if progress.waitingSince == nil { progress.waitingSince = begun }
    guard let answer = try? await run.stop.cancelling({ await client.poll(jobID) }) else {
      return .stopped
    }
    if case .pending(let status) = answer.outcome { run.tell(.polled(id, status: status?.word)) }
    let isOwn = item.gateway == nil || item.gateway == client.address.description
    let decision = JobPlan.after(
      answer, &progress, isOwnGateway: isOwn, at: run.world.uptime(), run.settings)
    return try await follow(decision, startedAt: begun)
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
