package import Foundation
import Subprocess
import SystemPackage

/// A program that a test starts.
///
/// Its streams are files, because a full pipe would block it.
///
/// It runs through swift-subprocess instead of Foundation's `Process`, which has two faults. It
/// reads invalid memory when several tests start programs at the same moment, and it notices the
/// end of a program only some tens of milliseconds later.
package final class ChildProcess: Sendable {
  /// How a program ended, and its output.
  package struct End: Sendable {
    /// The exit status, or minus the number of the signal that ended it.
    package let status: Int32
    package let standardOutput: Data
    package let standardError: Data

    package var output: String { String(decoding: standardOutput, as: UTF8.self) }
    package var errorOutput: String { String(decoding: standardError, as: UTF8.self) }
  }

  /// The error of a program that ended before what the test waits for.
  package struct EndedEarly: Error {
    package let output: String
    package let errorOutput: String
  }

  /// The time after which a program is ended, so that a program that does not end fails its test
  /// and does not stop all tests.
  ///
  /// With the wait for its end, it is shorter than the silence after which `scripts/run-tests` ends
  /// all tests.
  package static let limit = Duration.seconds(500)

  /// The error of a program whose end was not seen, although the test ended it.
  package struct EndNotSeen: Error {
    package let program: String
    package let identifier: Int32
  }

  package let identifier: Int32
  private let streams: StreamFiles
  private let ending: Task<Int32, any Error>

  private init(_ identifier: Int32, _ streams: StreamFiles, _ ending: Task<Int32, any Error>) {
    self.identifier = identifier
    self.streams = streams
    self.ending = ending
  }

  /// Starts a program and returns when it has its process id.
  ///
  /// - Parameters:
  ///   - program: the path of the program.
  ///   - environment: all its variables; nil for those of this process.
  ///   - folder: its working directory; nil for that of this process.
  ///   - input: the bytes for its standard input; nil for none.
  ///   - limit: the time after which it is ended.
  package static func start(
    _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil,
    in folder: String? = nil, input: Data? = nil, limit: Duration = ChildProcess.limit
  ) async throws -> ChildProcess {
    let streams = try StreamFiles(input: input)
    let variables = environment.map { pairs in
      Subprocess.Environment.custom(pairs.map { Array("\($0)=\($1)".utf8) + [0] })
    }
    let (identifiers, identifier) = AsyncThrowingStream.makeStream(of: Int32.self)
    let (statuses, status) = AsyncThrowingStream.makeStream(of: Int32.self)
    Task {
      do {
        let result = try await Subprocess.run(
          .path(FilePath(program)), arguments: Arguments(arguments),
          environment: variables ?? .inherit, workingDirectory: folder.map { FilePath($0) },
          input: .fileDescriptor(streams.reading(), closeAfterSpawningProcess: true),
          output: .fileDescriptor(
            streams.writing(streams.output), closeAfterSpawningProcess: true),
          error: .fileDescriptor(streams.writing(streams.errors), closeAfterSpawningProcess: true)
        ) { identifier.yield($0.processIdentifier.value) }
        switch result.terminationStatus {
        case .exited(let number): status.yield(number)
        case .signaled(let number): status.yield(-number)
        }
      } catch {
        identifier.finish(throwing: error)
        status.finish(throwing: error)
      }
    }
    for try await identifier in identifiers {
      let overseer = Task {
        try await Task.sleep(for: limit)
        streams.append("The test ended this program after \(limit).\n", to: streams.errors)
        kill(identifier, SIGKILL)
        try await Task.sleep(for: .seconds(60))
        status.finish(throwing: EndNotSeen(program: program, identifier: identifier))
      }
      let ending = Task {
        defer { overseer.cancel() }
        for try await status in statuses { return status }
        throw CancellationError()
      }
      return ChildProcess(identifier, streams, ending)
    }
    throw CancellationError()
  }

  /// Runs a program and waits until it ends.
  package static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil,
    in folder: String? = nil, input: Data? = nil
  ) async throws -> End {
    try await start(program, arguments, environment: environment, in: folder, input: input).end()
  }

  package func signal(_ number: Int32) { kill(identifier, number) }

  /// The text that the program has written to standard output so far.
  package var output: String { streams.text(streams.output) }
  /// The text that the program has written to standard error so far.
  package var errorOutput: String { streams.text(streams.errors) }

  /// Waits until the program has written a line to standard output, and returns the first line
  /// without its line end.
  ///
  /// - Throws: `EndedEarly` if the program ends without a line.
  package func firstLine() async throws -> String {
    while true {
      let hasEnded = !isRunning
      if let end = output.firstIndex(of: "\n") { return String(output[..<end]) }
      if hasEnded { throw EndedEarly(output: output, errorOutput: errorOutput) }
      // The system cannot wait for a line in a file, so the file is read repeatedly. The length of
      // the pause does not affect the result.
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Waits until a condition is true that the program makes true.
  ///
  /// - Throws: `EndedEarly` if the program ends before that.
  package func wait(until isMet: () async throws -> Bool) async throws {
    while true {
      let hasEnded = !isRunning
      if try await isMet() { return }
      if hasEnded { throw EndedEarly(output: output, errorOutput: errorOutput) }
      // The condition is about a server or a file, so it is tested repeatedly. The length of the
      // pause does not affect the result.
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Whether the process is running; false also for a process that has ended and was not waited
  /// for.
  package var isRunning: Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    else { return false }
    return !stat.contains(") Z ")
  }

  /// Waits for the end without blocking a thread, because the server that answers the process may
  /// run in this process.
  package func end() async throws -> End {
    let status = try await ending.value
    return End(
      status: status, standardOutput: try Data(contentsOf: streams.output),
      standardError: try Data(contentsOf: streams.errors))
  }
}
