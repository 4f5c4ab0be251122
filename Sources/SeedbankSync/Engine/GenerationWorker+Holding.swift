import SeedbankModel
import SeedbankStorage

/// What the gateway answered to a submit, until the catalog has it: it exists nowhere else.
struct HeldReply {
  let uid: UID
  let reply: KeptReply
  /// The room on the disk that was taken for it.
  let reserve: ReplyReserve
}

extension GenerationWorker {
  /// Records what a reply says. Where the disk is full the reply goes into the room that was held for
  /// it, and the catalog is tried again for a while; meanwhile nobody sends anything new.
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
