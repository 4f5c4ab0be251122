import Platform

/// Slows down a transfer on a thread that may wait.
struct Brake {
  private let nanosecondsPerByte: Double

  /// Returns nil if the pace has no limit.
  init?(_ pace: TransferPace) {
    guard let speed = pace.bytesPerSecondEach else { return nil }
    nanosecondsPerByte = 1e9 / Double(speed)
  }

  /// Waits as long as the bytes may take.
  func wait(after count: Int) {
    let nanoseconds = Int(Double(count) * nanosecondsPerByte)
    var pause = timespec(
      tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
    var rest = timespec()
    while nanosleep(&pause, &rest) != 0, errno == EINTR { pause = rest }
  }
}
