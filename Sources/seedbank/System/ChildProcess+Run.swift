import FilePaths
import SeedbankRemote

extension ChildProcess {
  /// Runs a program in the same terminal to its end and returns its exit status.
  /// - Throws: `Failure` of status 78 if it cannot be started, of status 74 if the system does not know how it
  ///   ended.
  static func run(_ arguments: [FilePath]) throws -> Int32 {
    var process: Int32 = 0
    let result = start(arguments, &process)
    guard result == 0 else {
      throw Failure(
        .notConfigured, "\(arguments[0]) cannot be started: \(systemErrorText(result))")
    }
    guard let status = wait(for: process) else {
      throw Failure(.inputOutput, "the exit status of \(arguments[0]) is not known")
    }
    return status
  }
}
