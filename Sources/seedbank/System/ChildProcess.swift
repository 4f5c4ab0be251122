import FilePaths
import Platform

/// Runs programs in the same terminal.
enum ChildProcess {
  /// Runs a program to its end and returns its exit status.
  /// - Throws: `Failure` of status 78 if it cannot be started.
  static func run(_ arguments: [FilePath]) throws -> Int32 {
    var process = pid_t()
    let result = start(arguments, &process)
    guard result == 0 else {
      throw Failure(
        .notConfigured, "\(arguments[0]) cannot be started: \(systemErrorText(result))")
    }
    return wait(for: process)
  }

  /// Starts a program of `PATH` without waiting for it.
  ///
  /// Seedbank ignores SIGPIPE. A program must not inherit that, because commands in its own pipes would not end.
  /// - Parameters:
  ///   - actions: what is done with its files.
  ///   - signals: further signals that it does not ignore.
  /// - Returns: the error number; 0 if it was started.
  static func start(
    _ arguments: [FilePath], _ process: inout pid_t,
    actions: UnsafePointer<posix_spawn_file_actions_t>? = nil, handling signals: [Int32] = []
  ) -> Int32 {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE] + signals { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let copies = arguments.map { $0.withCString { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    guard let program = copies.first ?? nil else { return ENOENT }
    return posix_spawnp(&process, program, actions, &attributes, copies + [nil], environ)
  }

  /// The exit status of a process, or 128 and the number of the signal that ended it.
  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}
