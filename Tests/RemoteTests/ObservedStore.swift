import Synchronization

@testable import SeedbankRemote

/// A store whose downloads a test observes or changes.
final class ObservedStore: ForwardingStore {
  /// Gets the number of the download, a part of it, and a function that passes bytes on.
  typealias OnPart =
    @Sendable (_ download: Int, _ part: [UInt8], _ pass: ([UInt8]) throws -> Void) throws -> Void

  let store: any RemoteStore
  private let onPart: OnPart
  private let downloads = Mutex(0)

  init(_ store: any RemoteStore, onPart: @escaping OnPart) {
    self.store = store
    self.onPart = onPart
  }

  func download(
    _ key: String, limit: Int64, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool {
    let number = downloads.withLock { count in
      count += 1
      return count
    }
    return try await store.download(key, limit: limit) { [onPart] part in
      try onPart(number, part, take)
    }
  }
}
