import FilePaths
import Platform

/// Starts the desktop's programs for images and pages.
enum Viewer {
  /// Opens the address of a page in the web browser, without waiting until it is closed.
  /// - Throws: a `Failure` of status 78 if there is no browser.
  static func open(address: String, _ environment: Environment) throws {
    let program = environment["BROWSER"] ?? "xdg-open"
    let result = start(program, FilePath(address))
    guard result == 0 else {
      throw Failure(
        .notConfigured, "cannot start \(program): \(systemErrorText(result))",
        hint: "name a program in BROWSER, or open the printed address yourself")
    }
  }

  /// Opens the file, without waiting until it is closed.
  /// - Throws: `Failure` of status 78 if there is no such program.
  static func open(_ path: FilePath, _ environment: Environment) throws {
    let program = environment["SEEDBANK_VIEWER"] ?? "xdg-open"
    let result = start(program, path)
    guard result == 0 else {
      throw Failure(
        .notConfigured, "cannot start \(program): \(systemErrorText(result))",
        hint: "install xdg-utils, or name a program in SEEDBANK_VIEWER; the file is \(path)")
    }
  }

  /// Returns the error number; 0 if the program was started.
  private static func start(_ program: String, _ argument: FilePath) -> Int32 {
    var process = pid_t()
    return ChildProcess.start([Path.typed(program), argument], &process)
  }
}
