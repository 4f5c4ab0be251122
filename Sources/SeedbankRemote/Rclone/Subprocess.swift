import FilePaths
import Platform

/// Runs a program to its end, and stores its output in a file.
///
/// Blocks its thread.
enum Subprocess {
  /// How a program ended.
  struct End: Sendable {
    /// The exit status, or 128 and the number of a signal.
    let status: Int32
    /// The last line of what it wrote to its standard error, without control characters.
    let lastLine: String
  }

  /// - Parameters:
  ///   - output: the file that takes its output.
  ///   - scratch: a folder for the file that takes its errors.
  /// - Throws: `RemoteError.noRclone` if the program cannot be started, `RemoteError.rclone` if the system does
  ///   not know how it ended.
  static func run(
    _ program: FilePath, _ arguments: [String], into output: UnnamedFile, scratch: FilePath
  ) throws -> End {
    let errors = try UnnamedFile(in: scratch)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)
    let words = [program] + arguments.map { FilePath($0) }
    guard let process = RunningPrograms.start(words, actions: &actions) else {
      throw RemoteError.noRclone
    }
    guard let ended = RunningPrograms.wait(for: process) else {
      throw RemoteError.rclone(status: -1, message: "its exit status is not known")
    }
    // posix_spawnp of some systems starts a process that then ends with 127.
    if ended == 127 { throw RemoteError.noRclone }
    return End(status: ended, lastLine: lastLine(try errors.content()))
  }

  private static func lastLine(_ bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let scalars = (lines.last ?? "").unicodeScalars.filter {
      $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
    }
    return String(String.UnicodeScalarView(scalars.prefix(300)))
  }
}
