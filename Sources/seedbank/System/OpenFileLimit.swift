import Platform

/// The limit of open files.
enum OpenFileLimit {
  /// The minimum for the threads of the runtime, a connection, name resolution and the catalog.
  private static let least: rlim_t = 32
  /// Sufficient for any number of parallel requests.
  private static let most: rlim_t = 4096

  /// Raises the limit as far as the process is allowed to.
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
