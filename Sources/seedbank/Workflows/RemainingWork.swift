import SeedbankModel
import SeedbankStorage
import SeedbankSync

/// Work that a sync does only on request, and that must be reported.
struct RemainingWork {
  /// Generations with an unknown outcome, from earlier runs, that this library may send again.
  private let unknown: Int
  /// The same that only another library may send again.
  private let others: Int

  /// - Parameter ids: the generations that were named; nil for all.
  init(_ library: Library, _ ids: [GenerationID]?, besides report: SyncReport) throws {
    let standing = try ids.map { try library.statusCounts(of: $0) } ?? library.incompleteCounts()
    // A run over named generations also counts those that were finished before it.
    let left = max(0, (standing[.unknown] ?? 0) - (report.counts[.unknown] ?? 0))
    others = min(left, try library.retryable(.unknownOutcome, among: ids).others.count)
    unknown = left - others
  }

  var status: ExitStatus { unknown + others > 0 ? .unavailable : .done }

  func tell(_ session: Session) {
    if others > 0 { session.talk.warn(OwnershipText.refusedSentence(others)) }
    guard unknown > 0 else { return }
    session.talk.warn(
      "the outcome of \(Count.text(unknown, "request")) of earlier runs is unknown; "
        + "\(unknown == 1 ? "it" : "they") may have been charged",
      hint:
        "`seedbank search is:unknown` lists them; `seedbank sync --retry-unknown` sends them again")
  }
}
