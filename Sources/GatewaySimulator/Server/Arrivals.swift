import NIOCore
import Synchronization

/// Accepted connections that are not served yet.
///
/// They are closed when the gateway stops.
///
/// They are kept as plain channels, because a wrapped channel that is never served would end the process.
final class Arrivals: Sendable {
  private let waiting = Mutex<[ObjectIdentifier: any Channel]>([:])

  func add(_ channel: any Channel) {
    waiting.withLock { $0[ObjectIdentifier(channel)] = channel }
  }

  /// Takes a connection to serve it.
  func take(_ channel: any Channel) {
    waiting.withLock { $0[ObjectIdentifier(channel)] = nil }
  }

  func closeAll() {
    let left = waiting.withLock { waiting in
      defer { waiting = [:] }
      return Array(waiting.values)
    }
    for channel in left { channel.close(promise: nil) }
  }
}
