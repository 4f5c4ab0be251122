import Foundation
import TestProcesses
import Testing

/// The real binary with an isolated environment.
///
/// It has a temporary folder, which is removed with this value. It sees no variables, settings or
/// keys of the user who runs the tests.
final class Harness {
  /// The working directory and home directory of the commands.
  let folder: URL
  /// Variables in addition to the fixed ones; a test may add to them.
  var environment: [String: String] = [:]

  init() throws {
    let name = "seedbank-\(UUID().uuidString)"
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(name, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The library that commands use unless they name another one.
  var library: URL { folder.appendingPathComponent("library", isDirectory: true) }

  /// The result of a command.
  struct Outcome: Sendable, CustomStringConvertible {
    let arguments: [String]
    /// The exit status, or the negative number of the signal that ended the command.
    let status: Int32
    let standardOutput: Data
    let standardError: Data

    var output: String { String(decoding: standardOutput, as: UTF8.self) }
    var talk: String { String(decoding: standardError, as: UTF8.self) }
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    var description: String {
      "seedbank \(arguments.joined(separator: " ")): \(status)\n\(output)\n\(talk)"
    }
  }

  /// Runs `seedbank` and waits until it exits.
  @discardableResult
  func run(_ arguments: String..., input: Data? = nil) async throws -> Outcome {
    try await run(arguments, input: input)
  }

  @discardableResult
  func run(_ arguments: [String], input: Data? = nil) async throws -> Outcome {
    try await start(arguments, input: input).end()
  }

  /// Runs `seedbank`, waits until it exits, and expects status 0.
  @discardableResult
  func succeed(
    _ arguments: String..., input: Data? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Outcome {
    try await succeed(arguments, input: input, sourceLocation: sourceLocation)
  }

  @discardableResult
  func succeed(
    _ arguments: [String], input: Data? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Outcome {
    let outcome = try await run(arguments, input: input)
    #expect(outcome.status == 0, "\(outcome)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Starts `seedbank` without waiting; the caller waits for it.
  func start(_ arguments: [String], input: Data? = nil) async throws -> Running {
    let process = try await ChildProcess.start(
      Binary.seedbank().path, arguments, environment: variables, in: folder.path,
      input: input)
    return Running(process: process, arguments: arguments)
  }

  private var variables: [String: String] {
    let fixed = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": folder.path, "SEEDBANK_LIBRARY": library.path, "TZ": "UTC", "LC_ALL": "C.UTF-8",
    ]
    // The options for sanitizers apply to the binary too.
    let sanitizers = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
    return fixed.merging(sanitizers) { $1 }.merging(environment) { $1 }
  }

  /// Writes a file into the folder and returns its path.
  func write(_ text: String, to name: String, permissions: Int = 0o644) throws -> String {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes(
      [.posixPermissions: permissions], ofItemAtPath: file.path)
    return file.path
  }
}

extension Harness {
  /// Runs a bash script in which `$SEEDBANK` is the binary, for tests of pipes and redirections.
  func shell(_ script: String) async throws -> Outcome { try await startShell(script).end() }

  /// Starts a bash script without waiting for its end.
  func startShell(_ script: String) async throws -> Running {
    let variables = self.variables.merging(["SEEDBANK": try Binary.seedbank().path]) { $1 }
    let process = try await ChildProcess.start(
      "/bin/bash", ["-c", script], environment: variables, in: folder.path)
    return Running(process: process, arguments: ["-c", script])
  }
}
