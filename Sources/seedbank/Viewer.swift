import FilePaths
import Glibc

/// The desktop's program for looking at images.
enum Viewer {
  /// Hands it the file, without waiting until it is closed.
  /// - Throws: `Failure` of status 78 where there is no such program.
  static func open(_ path: FilePath, _ environment: Environment) throws {
    let program = environment["SEEDBANK_VIEWER"] ?? "xdg-open"
    var process = pid_t()
    let result = [Path.typed(program), path].withCStrings { arguments in
      posix_spawnp(&process, program, nil, nil, arguments, environ)
    }
    guard result == 0 else {
      throw Failure(
        .notConfigured, "cannot start \(program): \(String(cString: strerror(result)))",
        hint: "install xdg-utils, or name a program in SEEDBANK_VIEWER; the file is \(path)")
    }
  }
}
