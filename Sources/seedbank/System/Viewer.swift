import Dispatch
import FilePaths
import SeedbankRemote

/// Starts the desktop's programs for images and pages.
enum Viewer {
  /// Opens the address of a page in the web browser, without waiting until it is closed.
  ///
  /// - Parameter address: other users of the computer can read it, as all arguments of programs.
  /// - Throws: a `Failure` of status 78 if there is no browser.
  static func open(address: String, _ environment: Environment) throws {
    let program = environment["BROWSER"] ?? "xdg-open"
    var process: Int32 = 0
    let result = start(program, FilePath(address), &process)
    guard result == 0 else {
      throw Failure(
        .notConfigured, "cannot start \(program): \(systemErrorText(result))",
        hint: "name a program in BROWSER, or open the printed address yourself")
    }
    // The server runs for a long time. If nothing waits for the program, the system keeps its entry until the
    // server ends.
    DispatchQueue(label: "seedbank.browser").async { [process] in
      _ = ChildProcess.wait(for: process)
    }
  }

  /// Opens the file, without waiting until it is closed.
  /// - Throws: `Failure` of status 78 if there is no such program.
  static func open(_ path: FilePath, _ environment: Environment) throws {
    let program = environment["SEEDBANK_VIEWER"] ?? "xdg-open"
    var process: Int32 = 0
    let result = start(program, path, &process)
    guard result == 0 else {
      throw Failure(
        .notConfigured, "cannot start \(program): \(systemErrorText(result))",
        hint: "install xdg-utils, or name a program in SEEDBANK_VIEWER; the file is \(path)")
    }
  }

  /// Returns the error number; 0 if the program was started.
  private static func start(
    _ program: String, _ argument: FilePath, _ process: inout Int32
  ) -> Int32 {
    // Ctrl-C ends the server, and not a browser that was started with it.
    ChildProcess.start([Path.typed(program), argument], &process, separately: true)
  }
}
