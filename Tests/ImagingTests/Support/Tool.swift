import Foundation

/// Other people's programs, asked what they read; tests that need one skip without it.
enum Tool {
  static func path(_ name: String) -> String? {
    ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  static func has(_ name: String) -> Bool { path(name) != nil }

  static let hasPillow = has("python3") && (try? runToEnd("python3", ["-c", "import PIL"])) != nil

  struct Failure: Error {
    let name: String
    let status: Int32
  }

  /// Standard output of a run that ended well, awaited on a thread outside Swift's pool.
  static func run(_ name: String, _ arguments: [String]) async throws -> Data {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try runToEnd(name, arguments) })
      }
    }
  }

  private static func runToEnd(_ name: String, _ arguments: [String]) throws -> Data {
    guard let path = path(name) else { throw Failure(name: name, status: -1) }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(name: name, status: process.terminationStatus)
    }
    return data
  }

  /// Calls `body` with the path of a file that holds the bytes.
  static func withFile<Value>(
    _ bytes: [UInt8], _ body: (String) async throws -> Value
  ) async throws -> Value {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url.path)
  }
}
