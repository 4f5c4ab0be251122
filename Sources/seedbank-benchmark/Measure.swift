import Foundation

func sine(_ angle: Double) -> Double { sin(angle) }
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// Several measurements of the same operation.
struct Spread {
  let least: Double
  let median: Double
  let most: Double

  /// - Parameter values: at least one value.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    least = sorted[0]
    median = sorted[sorted.count / 2]
    most = sorted[sorted.count - 1]
  }

  /// The median, with the smallest and the largest value in brackets.
  var milliseconds: String {
    most < 1_000
      ? String(format: "%.2f ms (%.2f to %.2f)", median, least, most)
      : String(format: "%.2f s (%.2f to %.2f)", median / 1000, least / 1000, most / 1000)
  }
}

/// Measures times in milliseconds.
enum Measure {
  /// Measures `runs` runs, after one run that is not counted.
  static func spread(_ runs: Int = 9, _ body: () throws -> Void) rethrows -> Spread {
    try body()
    return Spread(try (0..<runs).map { _ in try once(body) })
  }

  /// Returns the shortest of `runs` runs.
  static func best(_ runs: Int, _ body: () throws -> Void) rethrows -> Double {
    try (0..<runs).map { _ in try once(body) }.min() ?? 0
  }

  static func once(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let elapsed = try clock.measure { try body() }
    return Double(elapsed.components.seconds) * 1000
      + Double(elapsed.components.attoseconds) / 1e15
  }
}

extension Measure {
  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// Returns the largest amount of memory that this process has used.
  static func peakMemory() -> String {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}

/// Runs other programs.
enum Shell {
  struct Failure: Error { let command: String }

  /// Runs a program and returns its output.
  @discardableResult
  static func run(_ command: [String], input: String? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let typed = Pipe()
    process.standardInput = input == nil ? FileHandle.nullDevice : typed
    try withoutBlockedSignals { try process.run() }
    if let input {
      try typed.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try typed.fileHandleForWriting.close()
    }
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(command: command.joined(separator: " "))
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Runs a program, waits until it ends, and returns its peak memory in MB.
  ///
  /// The system starts counting with the memory of the parent process, so a small program starts it.
  static func memory(_ command: [String]) throws -> Int {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try spawn(["time", "-f", "%M", "-o", file.path] + command)
    let kilobytes = try String(contentsOf: file, encoding: .utf8)
    return (Int(kilobytes.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) / 1000
  }

  /// Runs a program and waits until it ends, without reading its output.
  ///
  /// `Process` notices the end only some tens of milliseconds later, which is longer than the times
  /// that are measured.
  static func spawn(_ command: [String]) throws {
    let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    let words = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var child = pid_t()
    var status: Int32 = 0
    let isStarted = withoutBlockedSignals {
      posix_spawnp(&child, command[0], &actions, nil, words, variables) == 0
    }
    guard isStarted,
      waitpid(child, &status, 0) == child, status == 0
    else { throw Failure(command: command.joined(separator: " ")) }
  }

  /// Starts a program that can be interrupted.
  ///
  /// Threads of Dispatch block signals, and a program inherits what its parent blocks.
  private static func withoutBlockedSignals<Value>(_ start: () throws -> Value) rethrows -> Value {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try start()
  }

  /// Returns the milliseconds that sqlite3's timer reports for the last statement.
  static func sqlite(_ file: String, timed statement: String) throws -> Double {
    let text = try run(["sqlite3", file], input: ".timer on\n\(statement);\n\(statement);\n")
    let times = text.split(separator: "\n").filter { $0.hasPrefix("Run Time: real") }
      .compactMap { $0.split(separator: " ").dropFirst(3).first.flatMap { Double($0) } }
    return (times.last ?? 0) * 1000
  }
}
