import NIOCore
import Synchronization

/// Connections that were accepted and are not served yet; a gateway that stops closes them.
///
/// They wait as bare channels: one that is wrapped and never served would end the process.
final class Arrivals: Sendable {
  private let waiting = Mutex<[ObjectIdentifier: any Channel]>([:])

  func add(_ channel: any Channel) {
    waiting.withLock { $0[ObjectIdentifier(channel)] = channel }
  }

  /// Takes one to serve it.
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
