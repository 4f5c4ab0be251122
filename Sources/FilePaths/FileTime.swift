package import Platform

extension timespec {
  /// Nanoseconds since 1970; for times before 1677 and after 2262 the nearest number that there is.
  ///
  /// A file can have any time, for example because a program wrote wrong bytes for it.
  package var nanoseconds: Int64 {
    let (seconds, isTooFar) = Int64(tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isTooLate) = seconds.addingReportingOverflow(Int64(tv_nsec))
    guard !isTooFar, !isTooLate else { return tv_sec < 0 ? .min : .max }
    return sum
  }
}
