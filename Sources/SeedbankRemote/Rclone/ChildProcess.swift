package import FilePaths
package import Platform

/// Starts programs and waits for them.
package enum ChildProcess {
  /// Starts a program of `PATH` without waiting for it.
  ///
  /// It blocks no signals. Otherwise it would block those of the thread that starts it, and threads of Dispatch
  /// block nearly all.
  ///
  /// Seedbank ignores SIGPIPE, SIGXFSZ, SIGIO and, while it listens for a stop, SIGTERM. A program must not
  /// inherit that: commands in its own pipes would not end, and it could not be ended.
  /// - Parameters:
  ///   - actions: what is done with its files.
  ///   - signals: further signals that it does not ignore.
  ///   - separately: whether it gets a process group of its own, so that the terminal does not send it Ctrl-C.
  ///   - pause: called before the program is started again if its file is open for writing.
  /// - Returns: the error number; 0 if it was started.
  package static func start(
    _ arguments: [FilePath], _ process: inout pid_t,
    actions: UnsafePointer<posix_spawn_file_actions_t>? = nil, handling signals: [Int32] = [],
    separately: Bool = false, pause: () -> Void = { usleep(20_000) }
  ) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var blocked = sigset_t()
    sigemptyset(&blocked)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGXFSZ, SIGIO, SIGTERM] + signals { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    let group = separately ? Int16(POSIX_SPAWN_SETPGROUP) : 0
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | group)
    let copies = arguments.map { $0.withCString { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    guard let program = copies.first ?? nil else { return ENOENT }
    for _ in 1..<attempts {
      let error = posix_spawnp(&process, program, actions, &attributes, copies + [nil], environ)
      if error != ETXTBSY { return error }
      pause()
    }
    return posix_spawnp(&process, program, actions, &attributes, copies + [nil], environ)
  }

  /// How often the start of a program is tried whose file is open for writing.
  ///
  /// Its writer can have closed it already: processes that the writer was starting at that moment keep it open
  /// until they run their own programs.
  private static let attempts = 100

  /// Waits until a process ends.
  ///
  /// Blocks its thread.
  /// - Returns: the exit status, or 128 and the number of the signal that ended it; nil if the system does not
  ///   know how it ended.
  package static func wait(for process: pid_t) -> Int32? {
    var status: Int32 = 0
    var ended = waitpid(process, &status, 0)
    while ended < 0, errno == EINTR { ended = waitpid(process, &status, 0) }
    guard ended == process else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
