import Foundation
import SystemPackage

/// The files that a child process reads and writes; they are removed with the last reference to
/// this value.
final class StreamFiles: Sendable {
  let output: URL
  let errors: URL
  /// Nil if standard input is empty.
  private let input: URL?

  init(input bytes: Data?) throws {
    let name = "seedbank-streams-\(UUID().uuidString)"
    let folder = FileManager.default.temporaryDirectory
    output = folder.appendingPathComponent(name + ".out")
    errors = folder.appendingPathComponent(name + ".err")
    input = bytes == nil ? nil : folder.appendingPathComponent(name + ".in")
    if let input, let bytes { try bytes.write(to: input) }
    try Data().write(to: output)
    try Data().write(to: errors)
  }

  deinit {
    for case let file? in [output, errors, input] { try? FileManager.default.removeItem(at: file) }
  }

  func reading() throws -> FileDescriptor {
    try FileDescriptor.open(
      FilePath(input?.path ?? "/dev/null"), .readOnly, options: [.closeOnExec])
  }

  func writing(_ file: URL) throws -> FileDescriptor {
    try FileDescriptor.open(FilePath(file.path), .writeOnly, options: [.closeOnExec])
  }

  func append(_ text: String, to file: URL) {
    guard let handle = try? FileHandle(forWritingTo: file) else { return }
    _ = try? handle.seekToEnd()
    try? handle.write(contentsOf: Data(text.utf8))
  }

  func text(_ file: URL) -> String {
    (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
