import FilePaths
import Foundation
import Testing

@Suite("Writing to descriptors")
struct WritingTests {
  /// Runs blocking work on a separate thread, so that no thread of Swift's pool waits.
  private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }

  @Test("all bytes arrive through a pipe that takes only some at a time")
  func partialWrites() async {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    // A blocking pipe would take all bytes in one call.
    #expect(fcntl(writing, F_SETFL, O_NONBLOCK) == 0)
    let bytes = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    async let isWritten = onThread {
      defer { close(writing) }
      return writeAll(bytes, to: writing)
    }
    let received = await onThread {
      defer { close(reading) }
      var all: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 1 << 12)
      while true {
        let count = read(reading, &part, part.count)
        guard count > 0 else { return all }
        all += part[..<count]
      }
    }
    #expect(await isWritten)
    #expect(received == bytes)
  }

  @Test("a full disk is reported")
  func fullDisk() {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(descriptor) }
    #expect(!writeAll([1, 2, 3], to: descriptor))
    #expect(errno == ENOSPC)
  }
}
