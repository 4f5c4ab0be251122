internal import GRDB
import Synchronization

/// The parts of the statistics, which one or two connections take one after the other.
///
/// Both connections see the same state of the catalog.
final class StatisticsWork: Sendable {
  enum Part {
    case files, prompts, tables
    case generations(ClosedRange<Int64>)
  }

  private struct State {
    /// The parts of unknown length come first, so that no connection ends long after the other.
    var others: [Part] = [.files, .prompts, .tables]
    /// The lowest id that was not taken; nil if all were.
    var next: Int64? = .min
  }

  private let state = Mutex(State())
  private let chunk: Int64

  /// - Parameter chunk: the number of ids of a part.
  init(chunk: Int64) { self.chunk = chunk }

  /// Returns the next part; nil if all were taken.
  func next(in database: Database) throws -> Part? {
    try state.withLock { state in
      if !state.others.isEmpty { return state.others.removeFirst() }
      guard let next = state.next,
        let first = try database.integer(
          "SELECT min(id) FROM generation WHERE id >= ?", .integer(next))
      else { return nil }
      let (last, isPastEnd) = first.addingReportingOverflow(chunk - 1)
      state.next = isPastEnd || last == .max ? nil : last + 1
      return .generations(first...(isPastEnd ? .max : last))
    }
  }
}
