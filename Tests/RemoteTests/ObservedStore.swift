import FilePaths
import Synchronization

@testable import SeedbankRemote

/// A store whose downloads a test observes or changes.
final class ObservedStore: RemoteStore {
  /// Gets the number of the download, a part of it, and a function that passes bytes on.
  typealias OnPart =
    @Sendable (_ download: Int, _ part: [UInt8], _ pass: ([UInt8]) throws -> Void) throws -> Void

  private let store: any RemoteStore
  private let onPart: OnPart
  private let downloads = Mutex(0)

  init(_ store: any RemoteStore, onPart: @escaping OnPart) {
    self.store = store
    self.onPart = onPart
  }

  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws { try await store.list(folder, after: after, take: take) }

  func object(_ key: String) async throws -> StoredObject? { try await store.object(key) }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    try await store.read(key, limit: limit)
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

  func write(_ bytes: [UInt8], to key: String) async throws {
    try await store.write(bytes, to: key)
  }

  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws {
    try await store.upload(file, content, to: key)
  }

  func remove(_ key: String) async throws { try await store.remove(key) }

  func close() async {}
}
