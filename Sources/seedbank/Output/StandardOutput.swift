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
  private let pending = Mutex(Pending())
  private let paging = Mutex(Paging())
  private static let writeSize = 1 << 16

  private struct Pending {
    var bytes: [UInt8] = []
    /// The first error of a write, except that of a closed pipe.
    ///
    /// It ends the command also if the caller of the failed flush continued.
    var failure: Failure?
  }

  private struct Paging {
    /// The pager to start if the output turns out to be long.
    var program: PagerProgram?
    var process: pid_t?
  }

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Adds text, which may stay in memory until `flush()`.
  func write(_ text: String) { pending.withLock { $0.bytes.append(contentsOf: text.utf8) } }

  func write(_ bytes: some Sequence<UInt8>) {
    pending.withLock { $0.bytes.append(contentsOf: bytes) }
  }

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
    try pending.withLock { pending in
      guard pending.bytes.count >= Self.writeSize else { return }
      startPager(for: pending.bytes)
      try Self.drain(&pending, to: descriptor)
    }
  }

  /// Writes all collected output.
  /// - Throws: `OutputClosed`, or a `Failure` of status 74, also for an earlier write that failed.
  func flush() throws {
    try pending.withLock { pending in
      startPager(for: pending.bytes)
      try Self.drain(&pending, to: descriptor)
    }
  }

  private static func drain(_ pending: inout Pending, to descriptor: Int32) throws {
    // The same bytes are never written again, also after an error.
    defer { pending.bytes.removeAll(keepingCapacity: true) }
    if !writeAll(pending.bytes, to: descriptor) {
      let code = errno
      if code == EPIPE { throw OutputClosed() }
      pending.failure = pending.failure ?? failure(code)
    }
    if let failure = pending.failure { throw failure }
  }

  private static func failure(_ code: Int32) -> Failure {
    Failure(
      .inputOutput, "cannot write the output: \(systemErrorText(code))",
      hint: code == ENOSPC ? "free some disk space, then run the command again" : nil)
  }
}
