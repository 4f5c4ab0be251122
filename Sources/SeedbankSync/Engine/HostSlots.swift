import SeedbankProviders
import Synchronization

/// Limits the number of parallel downloads from one host.
final class HostSlots: Sendable {
  private let limit: Int
  private let hosts = Mutex<[Substring: Host]>([:])

  private struct Host {
    let slots: WorkerSlots
    var users: Int
  }

  init(limit: Int) { self.limit = limit }

  /// Runs `work` as soon as a download from the link's host is allowed.
  func at<Value>(_ link: ImageLink, _ work: () async throws -> Value) async rethrows -> Value {
    let name = Self.host(of: link.url)
    let slots = hosts.withLock { hosts in
      var host = hosts[name] ?? Host(slots: WorkerSlots(count: limit), users: 0)
      host.users += 1
      hosts[name] = host
      return host.slots
    }
    await slots.take()
    defer {
      slots.giveBack()
      hosts.withLock { hosts in
        hosts[name]?.users -= 1
        // Unused hosts are removed, because a watch uses many.
        if hosts[name]?.users == 0 { hosts[name] = nil }
      }
    }
    return try await work()
  }

  /// The part of a URL that names host and port; only equality matters here.
  static func host(of url: String) -> Substring {
    var rest = url[...]
    if let scheme = url.firstIndex(of: ":") { rest = url[url.index(after: scheme)...] }
    rest = rest.drop { $0 == "/" }
    return rest.prefix { !"/?#".contains($0) }
  }
}
