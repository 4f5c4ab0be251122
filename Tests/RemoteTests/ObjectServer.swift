import Foundation
import Synchronization
import Testing

/// An S3 server of another make (moto) on loopback, which all tests of a run share.
final class ObjectServer: Sendable {
  let port: Int
  private static let started = Task { try await ObjectServer() }

  static func shared() async throws -> ObjectServer { try await started.value }

  func url(_ host: String) -> String { "http://\(host):\(port)" }

  private init() async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // It ends with its standard input, which the system closes when the tests end.
    let program = """
      import os, sys, threading
      def watch():
          sys.stdin.read()
          os._exit(0)
      threading.Thread(target=watch, daemon=True).start()
      from moto.server import main
      main(["-H", "127.0.0.1", "-p", "0"])
      """
    process.arguments = ["python3", "-u", "-c", program]
    let packages = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../.build/pypi-server").standardized.path
    var environment = ProcessInfo.processInfo.environment
    environment["PYTHONPATH"] = packages
    process.environment = environment
    let (input, errors) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = errors
    process.standardError = errors
    try process.run()
    Self.inputs.withLock { $0.append(input) }
    port = try await Self.port(in: errors.fileHandleForReading)
  }

  /// Kept open for the whole run.
  private static let inputs = Mutex<[Pipe]>([])

  /// The port in the line `Running on http://127.0.0.1:PORT`.
  private static func port(in output: FileHandle) async throws -> Int {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    // What it prints later must not fill the pipe, so the handler stays.
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
    Issue.record("moto did not start. Run scripts/install-packages. It said: \(text)")
    throw CancellationError()
  }
}
