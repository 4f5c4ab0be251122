import Glibc

/// How many files the process may have open at a time.
enum OpenFileLimit {
  /// The runtime's threads, a connection, the name lookup and the catalog take so many.
  private static let least: rlim_t = 32
  /// More than any number of parallel requests needs.
  private static let most: rlim_t = 4096

  /// Raises the limit as far as the process itself may.
  ///
  /// - Throws: `Failure` of status 74 if the limit is too low for work with the gateway.
  static func raise() throws {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    let wanted = min(limit.rlim_max, most)
    if limit.rlim_cur < wanted {
      var raised = limit
      raised.rlim_cur = wanted
      if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
    }
    guard limit.rlim_cur >= least else {
      throw Failure(
        .inputOutput,
        "this process can open only \(limit.rlim_cur) files, but needs at least \(least)",
        hint: "raise the limit with `ulimit -n 256` in a new shell")
    }
  }
}
