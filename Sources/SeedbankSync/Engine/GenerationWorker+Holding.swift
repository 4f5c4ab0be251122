import SeedbankModel
import SeedbankStorage

/// The reply to a submit, until it is in the catalog.
///
/// It exists nowhere else.
struct HeldReply {
  let uid: UID
  let reply: KeptReply
  /// The disk space that was allocated for it.
  let reserve: ReplyReserve
}

extension GenerationWorker {
  /// Records a reply.
  ///
  /// If the disk is full, the reply is written to the space that was allocated for it, and the
  /// catalog is tried again for some time. Until then, no new request is sent.
  mutating func record(_ transition: Transition, holding held: HeldReply) async throws {
    let end = run.world.uptime() + run.settings.localPatience
    var isKept = false
    while true {
      do {
        try await record(transition)
        if isKept { run.library.images.forgetKeptReply(of: held.uid) }
        return
      } catch let error as LibraryError where error.isOfThisMachine {
        run.halt(.local(error))
        if !isKept { isKept = (try? held.reserve.keep(held.reply)) != nil }
        guard run.world.uptime() < end else { throw error }
        try? await run.world.sleep(.milliseconds(500))
      }
    }
  }
}
