import FilePaths
import Platform

/// Runs programs in the same terminal.
enum ChildProcess {
  /// Runs a program to its end and returns its exit status.
  /// - Throws: `Failure` of status 78 if it cannot be started.
  static func run(_ arguments: [FilePath]) throws -> Int32 {
    var process = pid_t()
    let result = arguments.withCStrings { pointers in
      pointers[0].map { posix_spawnp(&process, $0, nil, nil, pointers, environ) } ?? ENOENT
    }
    guard result == 0 else {
      throw Failure(
        .notConfigured, "\(arguments[0]) cannot be started: \(systemErrorText(result))")
    }
    return wait(for: process)
  }

  /// The exit status of a process, or 128 and the number of the signal that ended it.
  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}

extension [FilePath] {
  /// The arguments of a program: pointers with nil at the end.
  func withCStrings<Result>(_ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    let copies = map { $0.withCString { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
