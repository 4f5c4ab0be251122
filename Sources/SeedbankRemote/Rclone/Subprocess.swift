import FilePaths
import Platform

/// Runs a program to its end, and stores its output.
///
/// Blocks its thread.
enum Subprocess {
  struct Result: Sendable {
    /// The exit status, or 128 and the number of a signal.
    let status: Int32
    let output: [UInt8]
    /// The last line of what it wrote to its standard error, without control characters.
    let lastLine: String
  }

  /// - Parameter scratch: a folder for the files that take the output.
  /// - Throws: `RemoteError.noRclone` if the program cannot be started, `RemoteError.rclone` if the system does
  ///   not know how it ended.
  static func run(_ program: FilePath, _ arguments: [String], scratch: FilePath) throws -> Result {
    let output = try unnamedFile(in: scratch)
    defer { close(output) }
    let errors = try unnamedFile(in: scratch)
    defer { close(errors) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    let words = [program] + arguments.map { FilePath($0) }
    guard let process = RunningPrograms.start(words, actions: &actions) else {
      throw RemoteError.noRclone
    }
    guard let ended = RunningPrograms.wait(for: process) else {
      throw RemoteError.rclone(status: -1, message: "its exit status is not known")
    }
    // posix_spawnp of some systems starts a process that then ends with 127.
    if ended == 127 { throw RemoteError.noRclone }
    return Result(
      status: ended, output: try content(of: output, scratch),
      lastLine: lastLine(try content(of: errors, scratch)))
  }

  private static func unnamedFile(in folder: FilePath) throws -> Int32 {
    var template =
      Array((folder.appending("output-XXXXXX")).bytes.map { CChar(bitPattern: $0) }) + [0]
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw RemoteError.file(operation: "create", path: folder, errno: errno)
    }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  private static func content(of descriptor: Int32, _ folder: FilePath) throws -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    var bytes: [UInt8] = []
    while true {
      let part = try FileParts.next(descriptor, folder, upTo: 1 << 20)
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  private static func lastLine(_ bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let scalars = (lines.last ?? "").unicodeScalars.filter {
      $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
    }
    return String(String.UnicodeScalarView(scalars.prefix(300)))
  }
}
