import FilePaths

@testable import SeedbankRemote

/// A store that passes on each operation that it does not define itself to another store.
protocol ForwardingStore: RemoteStore {
  var store: any RemoteStore { get }
}

extension ForwardingStore {
  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws { try await store.list(folder, after: after, take: take) }

  func object(_ key: String) async throws -> StoredObject? { try await store.object(key) }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    try await store.read(key, limit: limit)
  }

  func download(
    _ key: String, limit: Int64, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool { try await store.download(key, limit: limit, take: take) }

  func write(_ bytes: [UInt8], to key: String) async throws {
    try await store.write(bytes, to: key)
  }

  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws {
    try await store.upload(file, content, to: key)
  }

  func remove(_ key: String) async throws { try await store.remove(key) }

  /// The other store stays open.
  func close() async {}
}
