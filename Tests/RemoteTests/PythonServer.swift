import Foundation
import Synchronization
import Testing

/// A Python program that serves a port of this machine until the tests end.
final class PythonServer: Sendable {
  let port: Int

  /// - Parameters:
  ///   - program: prints `Running on http://127.0.0.1:PORT`.
  ///   - variables: additional variables for the program.
  init(_ program: String, _ variables: [String: String] = [:]) async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // The program exits when its standard input ends; the system closes it when the tests end.
    let watch = """
      import os, sys, threading
      def watch():
          sys.stdin.read()
          os._exit(0)
      threading.Thread(target=watch, daemon=True).start()

      """
    process.arguments = ["python3", "-u", "-c", watch + program]
    var environment = ProcessInfo.processInfo.environment
    environment["PYTHONPATH"] = Self.packages
    process.environment = environment.merging(variables) { $1 }
    let (input, errors) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = errors
    process.standardError = errors
    try Self.start(process)
    Self.inputs.withLock { $0.append(input) }
    port = try await Self.port(in: errors.fileHandleForReading)
  }

  /// Runs a program, waits until it ends, and returns its output.
  static func output(of program: String, _ arguments: [String]) async throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": packages]) {
      $1
    }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    let (parts, continuation) = AsyncStream.makeStream(of: String.self)
    output.fileHandleForReading.readabilityHandler = { handle in
      let data = handle.availableData
      continuation.yield(String(decoding: data, as: UTF8.self))
      if data.isEmpty {
        handle.readabilityHandler = nil
        continuation.finish()
      }
    }
    try start(process)
    var text = ""
    for await part in parts { text += part }
    return text
  }

  /// Starts a program; one at a time, because `Process` reads invalid memory when several programs are started at
  /// the same moment.
  ///
  /// `ChildProcess` of the other targets does not have this fault, but it ends a program after its time limit, and a
  /// server is needed until the tests end.
  private static func start(_ process: Process) throws {
    try starting.withLock { _ in try process.run() }
  }

  private static let starting = Mutex(())

  /// The folder in which scripts/install-packages installs the packages for tests.
  static let packages = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../.build/pypi-server").standardized.path

  /// The pipes, kept open until the tests end.
  private static let inputs = Mutex<[Pipe]>([])

  private static func port(in output: FileHandle) async throws -> Int {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    // The handler stays, because later output must not fill the pipe.
    output.readabilityHandler = { handle in
      let data = handle.availableData
      continuation.yield(String(decoding: data, as: UTF8.self))
      if data.isEmpty {
        handle.readabilityHandler = nil
        continuation.finish()
      }
    }
    var text = ""
    for await part in lines {
      text += part
      if let match = text.firstMatch(of: /Running on http:\/\/127\.0\.0\.1:(\d+)\n/),
        let port = Int(match.1)
      {
        return port
      }
    }
    Issue.record("A server did not start. Run scripts/install-packages. It said: \(text)")
    throw CancellationError()
  }
}
