import FilePaths
import Platform
import SeedbankRemote
import Synchronization

/// The reader of the output has closed the pipe.
///
/// Nothing is reported.
struct OutputClosed: Error {}

/// Standard output: results are collected into large writes, and every error is noticed.
final class StandardOutput: Sendable {
  static let shared = StandardOutput(descriptor: STDOUT_FILENO)

  private let descriptor: Int32
  private let pending = Mutex<[UInt8]>([])
  private let paging = Mutex(Paging())
  private static let writeSize = 1 << 16

  private struct Paging {
    /// The pager to start if the output turns out to be long.
    var program: PagerProgram?
    var process: pid_t?
  }

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Adds text, which may stay in memory until `flush()`.
  func write(_ text: String) { pending.withLock { $0.append(contentsOf: text.utf8) } }

  func write(_ bytes: some Sequence<UInt8>) { pending.withLock { $0.append(contentsOf: bytes) } }

  /// Starts `program` if the output is longer than the screen; nil prints directly.
  func usePager(_ program: PagerProgram?) { paging.withLock { $0.program = program } }

  /// Waits until the user has left the pager.
  ///
  /// Nothing can be written after it.
  func endPaging() {
    guard let process = paging.withLock({ $0.process }) else { return }
    close(STDOUT_FILENO)
    close(STDERR_FILENO)
    _ = ChildProcess.wait(for: process)
  }

  /// All output is collected until its length decides about the pager.
  private func startPager(for bytes: [UInt8]) {
    paging.withLock { paging in
      guard let program = paging.program, !bytes.isEmpty else { return }
      paging.program = nil
      let lines = bytes.count { $0 == UInt8(ascii: "\n") }
      if lines >= program.rows { paging.process = program.start() }
    }
  }

  /// Writes the collected output if it is large enough.
  /// - Throws: `OutputClosed`, or a `Failure` of status 74.
  func flushIfLarge() throws {
    try pending.withLock { bytes in
      guard bytes.count >= Self.writeSize else { return }
      startPager(for: bytes)
      try Self.drain(&bytes, to: descriptor)
    }
  }

  /// Writes all collected output.
  /// - Throws: `OutputClosed`, or a `Failure` of status 74.
  func flush() throws {
    try pending.withLock { bytes in
      startPager(for: bytes)
      try Self.drain(&bytes, to: descriptor)
    }
  }

  private static func drain(_ bytes: inout [UInt8], to descriptor: Int32) throws {
    // The same bytes are never written again, also after an error.
    defer { bytes.removeAll(keepingCapacity: true) }
    guard !writeAll(bytes, to: descriptor) else { return }
    if errno == EPIPE { throw OutputClosed() }
    let code = errno
    throw Failure(
      .inputOutput, "cannot write the output: \(systemErrorText(code))",
      hint: code == ENOSPC ? "free some disk space, then run the command again" : nil)
  }
}
