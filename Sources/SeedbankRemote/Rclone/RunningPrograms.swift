import FilePaths
import Platform
import Synchronization

/// The programs that must not outlive this process.
package enum RunningPrograms {
  private static let processes = Mutex<Set<pid_t>>([])
  private static let isSeparate = Atomic(false)

  /// Gives each program that is started from now on a process group of its own, so that the terminal does not send it
  /// Ctrl-C.
  ///
  /// A process that listens for Ctrl-C lets a copy end. Any other one ends at once, and its programs with it.
  package static func startSeparately() {
    isSeparate.store(true, ordering: .sequentiallyConsistent)
  }

  /// Starts a program of `PATH`; nil if it cannot be started.
  static func start(
    _ arguments: [FilePath], actions: UnsafePointer<posix_spawn_file_actions_t>
  ) -> pid_t? {
    // It is started with the lock held, so that none is missing in the set.
    processes.withLock { processes -> pid_t? in
      var process = pid_t()
      let separately = isSeparate.load(ordering: .sequentiallyConsistent)
      guard ChildProcess.start(arguments, &process, actions: actions, separately: separately) == 0
      else { return nil }
      processes.insert(process)
      return process
    }
  }

  /// Waits until a program ends.
  ///
  /// Blocks its thread.
  /// - Returns: the exit status, as `ChildProcess.wait(for:)` does.
  static func wait(for process: pid_t) -> Int32? {
    // The system may give its number to another process as soon as its status was read. So it is removed first.
    var ended = siginfo_t()
    while waitid(P_PID, id_t(process), &ended, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    processes.withLock { processes in _ = processes.remove(process) }
    return ChildProcess.wait(for: process)
  }

  /// Sends SIGTERM to all programs.
  /// - Parameter end: ends this process. No program can start between the signals and this call.
  package static func terminateAll(then end: () -> Void) {
    processes.withLock { processes in
      for process in processes { kill(process, SIGTERM) }
      end()
    }
  }
}
