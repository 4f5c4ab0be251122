import Foundation

/// A process of `seedbank` under way. Its streams go to files, so that no full pipe can stall it.
final class Running {
  private let process = Process()
  private let arguments: [String]
  private let outputFile: URL
  private let errorFile: URL
  private let ends: AsyncStream<Never>

  init(
    program: URL, arguments: [String], input: Data?, folder: URL, environment: [String: String]
  ) throws {
    self.arguments = arguments
    let streams = FileManager.default.temporaryDirectory
    let name = "seedbank-streams-\(UUID().uuidString)"
    outputFile = streams.appendingPathComponent(name + ".out")
    errorFile = streams.appendingPathComponent(name + ".err")
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    process.standardOutput = try Self.create(outputFile)
    process.standardError = try Self.create(errorFile)
    process.standardInput = FileHandle.nullDevice
    if let input {
      let inputFile = streams.appendingPathComponent(name + ".in")
      try input.write(to: inputFile)
      defer { try? FileManager.default.removeItem(at: inputFile) }
      process.standardInput = try FileHandle(forReadingFrom: inputFile)
    }
    let (ends, end) = AsyncStream.makeStream(of: Never.self)
    self.ends = ends
    process.terminationHandler = { _ in end.finish() }
    try process.run()
  }

  deinit {
    try? FileManager.default.removeItem(at: outputFile)
    try? FileManager.default.removeItem(at: errorFile)
  }

  var identifier: Int32 { process.processIdentifier }

  /// What it has printed so far.
  var outputSoFar: String { text(outputFile) }
  var talkSoFar: String { text(errorFile) }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for its end without holding a thread: the server that answers the process may run in this one.
  func end() async throws -> Harness.Outcome {
    for await _ in ends {}
    let isSignal = process.terminationReason == .uncaughtSignal
    return Harness.Outcome(
      arguments: arguments,
      status: isSignal ? -process.terminationStatus : process.terminationStatus,
      standardOutput: try Data(contentsOf: outputFile),
      standardError: try Data(contentsOf: errorFile))
  }

  private func text(_ file: URL) -> String {
    (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private static func create(_ file: URL) throws -> FileHandle {
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
}

/// Where the build put the programs: beside the test bundle.
enum Binary {
  struct Missing: Error { let path: String }

  static func seedbank() throws -> URL { try named("seedbank") }

  static func named(_ name: String) throws -> URL {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = URL(fileURLWithPath: tests).deletingLastPathComponent()
    let candidate = beside.appendingPathComponent(name)
    guard FileManager.default.isExecutableFile(atPath: candidate.path) else {
      throw Missing(path: candidate.path)
    }
    return candidate
  }
}
