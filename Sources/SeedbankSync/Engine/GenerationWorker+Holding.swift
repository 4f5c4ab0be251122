import SeedbankStorage

/// The reply to a submit, until it is in the catalog.
///
/// It exists nowhere else.
struct HeldReply {
  let attempt: RequestAttempt
  let reply: KeptReply
  /// The disk space that was allocated for it.
  let reserve: ReplyReserve
}

extension SyncRun {
  /// Stores the events of a stream that have arrived, because they are paid for and must not be lost with the
  /// process.
  ///
  /// If this fails, no new request is sent, and the stream is read to its end, because the rest is paid for too. The
  /// whole reply has space that was allocated for it.
  func keepBeginning(_ record: [UInt8], ofReplyTo attempt: RequestAttempt) {
    do {
      try library.images.keep(KeptReply(status: 200, body: record), to: attempt)
    } catch {
      halt(dueTo: error)
    }
  }
}

extension GenerationWorker {
  /// Records a reply.
  ///
  /// If the disk is full, the reply is written to the space that was allocated for it, and the
  /// catalog is tried again for some time. Until then, no new request is sent. If the generation was changed or
  /// deleted meanwhile, a reply that may be paid for is kept in a file.
  mutating func record(_ transition: Transition, holding held: HeldReply) async throws {
    let end = run.world.uptime() + run.settings.localPatience
    var isKept = false
    while true {
      do {
        try await record(transition)
        if isKept { run.library.images.forgetKeptReply(to: held.attempt) }
        return
      } catch let error as LibraryError where error.isOfThisMachine {
        run.halt(.local(error))
        if !isKept { isKept = (try? held.reserve.keep(held.reply)) != nil }
        guard run.world.uptime() < end else { throw error }
        try? await run.world.sleep(.milliseconds(500))
      } catch let error as LibraryError {
        if transition.mayBePaidFor { try await keepLate(held) }
        throw error
      }
    }
  }

  /// Keeps a reply that the row does not allow any more.
  private func keepLate(_ held: HeldReply) async throws {
    let images = run.library.images
    guard let name = try? images.keepLate(held.reply, to: held.attempt) else {
      // The disk has no space other than the reserved one.
      return try held.reserve.keep(held.reply)
    }
    images.forgetKeptReply(to: held.attempt)
    // A generation that was deleted has no timeline.
    try? await note("its reply arrived after it was changed, and is kept in incoming/\(name)")
  }
}
