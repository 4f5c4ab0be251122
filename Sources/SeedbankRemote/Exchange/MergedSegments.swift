/// Which segments of one library a pull has merged.
///
/// Damaged and absent segments are tried again by the next pull, so progress stays before the first of
/// them.
struct MergedSegments {
  /// The last segment before the first one that is damaged or absent.
  private(set) var reached: Int64
  /// Whether no segment that is needed is damaged or absent.
  private(set) var isSound = true
  private var headers: [SegmentHeader] = []
  /// The counters of damaged and absent segments.
  private var faults: [Int64] = []

  /// - Parameter counter: the last segment that was merged before.
  init(after counter: Int64) { reached = counter }

  var lastFault: Int64? { faults.max() }

  /// What `reached` becomes if a batch is merged.
  func counter(with batch: RemoteConnection.SegmentBatch) -> Int64 {
    isSound ? batch.reached ?? reached : reached
  }

  /// Notes that a batch was merged.
  mutating func note(_ batch: RemoteConnection.SegmentBatch) {
    reached = counter(with: batch)
    isSound = isSound && batch.isWhole
    headers += batch.headers
    faults += batch.faults
  }

  /// Notes that a batch of one segment could not be merged, because a line cannot be read.
  ///
  /// - Parameter segment: nil if the object is not a segment.
  mutating func note(
    _ batch: RemoteConnection.SegmentBatch, damaged segment: RemoteLayout.SegmentName?
  ) {
    isSound = false
    faults += batch.faults
    if let segment { faults.append(segment.counter) }
  }

  /// Ignores the faults of segments whose records were sent again later.
  mutating func skipReplaced() {
    guard let last = lastFault, last < headers.sentAgainFrom else { return }
    reached = headers.map(\.counter).max() ?? reached
    isSound = true
  }

  /// Ignores all faults, because the records up to the last one are in a snapshot.
  mutating func skip(through last: Int64) {
    reached = max(last, headers.map(\.counter).max() ?? 0)
    isSound = true
  }
}
