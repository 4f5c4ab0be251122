import SeedbankModel
import SeedbankStorage
import SeedbankSync

/// Work that a sync does only on request, and that must be reported.
struct RemainingWork {
  /// Generations with an unknown outcome, from earlier runs.
  private let unknown: Int

  /// - Parameter ids: the generations that were named; nil for all.
  init(_ library: Library, _ ids: [GenerationID]?, besides report: SyncReport) throws {
    let standing = try ids.map { try library.statusCounts(of: $0) } ?? library.incompleteCounts()
    // A run over named generations also counts those that were finished before it.
    unknown = max(0, (standing[.unknown] ?? 0) - (report.counts[.unknown] ?? 0))
  }

  var status: ExitStatus { unknown > 0 ? .unavailable : .done }

  func tell(_ session: Session) {
    guard unknown > 0 else { return }
    session.talk.warn(
      "\(Count.text(unknown, "request")) of earlier runs: the outcome is unknown. It may have been "
        + "charged",
      hint:
        "`seedbank search is:unknown` lists them; `seedbank sync --retry-unknown` sends them again")
  }
}
