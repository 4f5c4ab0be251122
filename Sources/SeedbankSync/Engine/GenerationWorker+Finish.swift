import SeedbankProviders
import SeedbankStorage

extension GenerationWorker {
  /// The work after the last image: digests replace the base64 in the recorded reply, and a
  /// reproduction gets its verdict.
  ///
  /// If the process is killed, the work can be repeated with the same result.
  func finish(_ item: WorkItem) async throws {
    guard let generation = try run.library.generation(id) else { return }
    if let reply = item.replyBody {
      let digests = Dictionary(
        generation.images.map { ($0.position, $0.digest.description) }, uniquingKeysWith: { $1 })
      let plain = Offers.redactingImages(in: reply, replacements: digests)
      if plain != reply {
        try await run.catalog.write {
          try $0.replaceReply(plain, ofPoll: item.replyIsFromPoll, on: id)
        }
      }
    }
    let judge = Judge(run.library, limits: run.settings.imageLimits)
    if let verdict = try judge.verdict(on: generation) {
      try await run.catalog.write { try $0.record(verdict, on: id) }
    }
  }
}
