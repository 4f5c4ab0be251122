import Foundation

/// The time that some work took.
///
/// Elapsed time depends on other programs; processor time does not.
struct RunTime: CustomStringConvertible {
  let wall: Double
  let processor: Double

  var description: String { String(format: "%.2f s (%.2f s of processor time)", wall, processor) }

  /// Returns the ratio of the elapsed times, with the ratio of the processor times in brackets.
  func over(_ other: RunTime) -> String {
    String(
      format: "%.1f (%.1f)", wall / max(other.wall, 1e-9),
      processor / max(other.processor, 1e-9))
  }

  /// The start of a measurement.
  struct Moment {
    private let wall = ContinuousClock.now
    private let processor: Double
    private let isOfChildren: Bool

    /// - Parameter ofChildren: whether other programs do the work; they must end before the result
    ///   is read.
    init(ofChildren: Bool = false) {
      isOfChildren = ofChildren
      processor = Self.processor(ofChildren)
    }

    var cost: RunTime {
      let passed = (ContinuousClock.now - wall).components
      return RunTime(
        wall: Double(passed.seconds) + Double(passed.attoseconds) / 1e18,
        processor: Self.processor(isOfChildren) - processor)
    }

    private static func processor(_ ofChildren: Bool) -> Double {
      var usage = rusage()
      getrusage((ofChildren ? RUSAGE_CHILDREN : RUSAGE_SELF).rawValue, &usage)
      return [usage.ru_utime, usage.ru_stime].reduce(0) {
        $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
      }
    }
  }
}
