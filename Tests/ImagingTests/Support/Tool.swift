import Foundation
import TestProcesses

/// Runs other programs that read image files; a test is skipped if its program is not installed.
enum Tool {
  static func path(_ name: String) -> String? {
    ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  static func has(_ name: String) -> Bool { path(name) != nil }

  static let hasPillow =
    has("python3")
    && FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/PIL/Image.py")

  struct Failure: Error {
    let name: String
    let status: Int32
  }

  /// Returns the standard output of a successful run.
  static func run(_ name: String, _ arguments: [String]) async throws -> Data {
    guard let path = path(name) else { throw Failure(name: name, status: -1) }
    let end = try await ChildProcess.run(path, arguments)
    guard end.status == 0 else { throw Failure(name: name, status: end.status) }
    return end.standardOutput
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
