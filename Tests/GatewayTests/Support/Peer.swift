import Foundation

/// A server from Debian, run on loopback in a folder of its own and ended by its process id.
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

  /// Runs a server that listens on `port` as long as the work goes on.
  static func run<Result>(
    _ program: String, _ arguments: [String], port: Int, in folder: TemporaryFolder,
    _ work: () async throws -> Result
  ) async throws -> Result {
    let (process, ends) = try start(program, arguments, in: folder)
    do {
      guard await isListening(port, while: process) else {
        throw DidNotStart(program: program, log: folder.read("\(program).out"))
      }
      let result = try await work()
      stop(process)
      for await _ in ends {}
      return result
    } catch {
      stop(process)
      for await _ in ends {}
      throw error
    }
  }

  /// Runs a program to its end; throws unless it ends well.
  static func call(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder
  ) async throws {
    let (process, ends) = try start(program, arguments, in: folder)
    for await _ in ends {}
    guard process.terminationStatus == 0 else {
      throw DidNotStart(program: program, log: folder.read("\(program).out"))
    }
  }

  /// SIGTERM may be blocked: a process inherits the signal mask of the thread that starts it, and those of
  /// Swift's pool block most signals.
  private static func stop(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
  }

  private static func start(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder
  ) throws -> (Process, ends: AsyncStream<Never>) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path(program) ?? program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let output = try FileHandle(forWritingTo: folder.write("", to: "\(program).out"))
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    let (ends, end) = AsyncStream.makeStream(of: Never.self)
    process.terminationHandler = { _ in end.finish() }
    try process.run()
    return (process, ends)
  }

  /// Asks on a thread of its own until the port answers; false if the process ends before.
  private static func isListening(_ port: Int, while process: Process) async -> Bool {
    let identifier = process.processIdentifier
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        while !ServerSocket.answers(port) {
          guard isRunning(identifier) else {
            return continuation.resume(returning: false)
          }
          Thread.sleep(forTimeInterval: 0.02)
        }
        continuation.resume(returning: true)
      }
    }
  }

  /// False too for a child that has ended and was not waited for.
  private static func isRunning(_ identifier: Int32) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    else { return false }
    return !stat.contains(") Z ")
  }
}

/// A folder that is removed with the last reference to it.
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
