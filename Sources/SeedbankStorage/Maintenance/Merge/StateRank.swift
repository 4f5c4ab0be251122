import SeedbankModel

/// How much a version of a generation contains about its request; of two versions, the higher one
/// is used.
///
/// Every step of a generation in one library increases the rank, also the steps back, which are
/// counted. The rank does not depend on clocks.
struct StateRank: Comparable {
  /// The knowledge about the result.
  enum Knowledge: Int { case nothing, request, job, image }

  let knowledge: Knowledge
  /// Submits that were started.
  let attempts: Int
  /// Steps back, such as a second poll or a second download.
  let retries: Int
  let progress: Int

  init(_ record: GenerationRecord) {
    let events = record.archive?.events ?? []
    attempts = record.archive?.attempts ?? 0
    retries = events.count { Self.stepsBack.contains($0.kind) }
    progress = record.status.flatMap { Self.order.firstIndex(of: $0) } ?? -1
    // A list of records says less than a dump: a status without a request, a job or an image may be
    // that of a generation that was never sent.
    if !record.images.isEmpty {
      knowledge = .image
    } else if record.jobID != nil {
      knowledge = .job
    } else if record.archive?.requestBody == nil {
      knowledge = .nothing
    } else if Self.afterOffer.contains(progress) || events.contains(where: Self.isOffer) {
      knowledge = .job
    } else {
      knowledge = .request
    }
  }

  private static let order: [Status] = [
    .queued, .submitting, .pending, .ready, .unknown, .lost, .failed, .complete,
  ]
  private static let afterOffer = Set(
    [Status.ready, .lost, .complete].map { order.firstIndex(of: $0) })
  private static let stepsBack = Set(
    [
      Transition.notSubmitted(reason: ""), .sendAgain, .pollAgain(reason: ""), .fetchAgain,
    ].map(\.event))

  private static func isOffer(_ event: Event) -> Bool { event.kind == Status.ready.rawValue }

  private var parts: [Int] { [knowledge.rawValue, attempts, retries, progress] }

  static func < (left: StateRank, right: StateRank) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}
