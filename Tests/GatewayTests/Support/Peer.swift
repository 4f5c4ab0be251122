import Foundation
import TestProcesses

/// A server program of Debian that runs on loopback in a separate folder and is ended by its
/// process id.
enum Peer {
  struct DidNotStart: Error {
    let program: String
    let log: String
  }

  static func has(_ program: String) -> Bool { path(program) != nil }

  private static func path(_ program: String) -> String? {
    ["/usr/bin/", "/usr/sbin/"].map { $0 + program }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// Runs a server that listens on `port` until `body` returns.
  static func run<Result>(
    _ program: String, _ arguments: [String], port: Int, in folder: TemporaryFolder,
    _ work: () async throws -> Result
  ) async throws -> Result {
    let process = try await ChildProcess.start(
      path(program) ?? program, arguments, in: folder.path)
    do {
      guard await isListening(port, while: process) else {
        throw DidNotStart(program: program, log: process.output + process.errorOutput)
      }
      let result = try await work()
      process.signal(SIGKILL)
      _ = try await process.end()
      return result
    } catch {
      process.signal(SIGKILL)
      _ = try await process.end()
      throw error
    }
  }

  /// Runs a program and waits until it ends; throws if it fails.
  static func call(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder
  ) async throws {
    let end = try await ChildProcess.run(path(program) ?? program, arguments, in: folder.path)
    guard end.status == 0 else {
      throw DidNotStart(program: program, log: end.output + end.errorOutput)
    }
  }

  /// Waits on a separate thread until the port answers; returns false if the process ends before
  /// that.
  private static func isListening(_ port: Int, while process: ChildProcess) async -> Bool {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        while !ServerSocket.answers(port) {
          guard process.isRunning else {
            return continuation.resume(returning: false)
          }
          Thread.sleep(forTimeInterval: 0.02)
        }
        continuation.resume(returning: true)
      }
    }
  }
}

/// A folder that is removed with the last reference to this value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "seedbank-peer-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> URL {
    let file = URL(fileURLWithPath: path + "/" + name)
    try Data(text.utf8).write(to: file)
    return file
  }

  func read(_ name: String) -> String {
    (try? String(contentsOfFile: path + "/" + name, encoding: .utf8)) ?? ""
  }
}
