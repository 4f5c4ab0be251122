/// How many objects are transferred at a time, and how fast.
public struct TransferPace: Hashable, Sendable {
  /// Number of parallel transfers, at least 1.
  let jobs: Int
  /// The most that all transfers together send or receive; nil for no limit.
  let bytesPerSecond: Int64?

  /// Creates a pace with at least one transfer at a time.
  public init(jobs: Int, bytesPerSecond: Int64? = nil) {
    self.jobs = max(jobs, 1)
    self.bytesPerSecond = bytesPerSecond
  }

  /// The share of each transfer.
  var bytesPerSecondEach: Int64? { bytesPerSecond.map { max($0 / Int64(jobs), 1) } }
}
