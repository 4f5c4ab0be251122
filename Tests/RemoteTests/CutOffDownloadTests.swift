import FilePaths
import Synchronization
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote

@Suite("A download that ends too early without an error") struct CutOffDownloadTests {
  @Test("is named, and the next pull downloads the image")
  func cutOff() async throws {
    let folder = try TemporaryFolder()
    let (ana, bo) = (try Replica(), try Replica())
    let remote = FolderStore(folder.path.appending("remote"))
    try ana.plant(["cat"], seed: 1)
    try await ana.push(remote)
    let store = CuttingStore(remote)
    let first = try await bo.pull(store)
    #expect(first.images == 0 && first.problems.map(\.kind) == [.wrongSize])
    let second = try await bo.pull(store)
    #expect(second.images == 1 && second.problems.isEmpty)
    #expect(try bo.missingImages() == 0)
  }
}

/// A store that passes on no bytes of the first download.
private final class CuttingStore: RemoteStore {
  private let store: any RemoteStore
  private let hasCut = Mutex(false)

  init(_ store: any RemoteStore) { self.store = store }

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
    let isFirst = hasCut.withLock { hasCut in
      defer { hasCut = true }
      return !hasCut
    }
    return try await store.download(key, limit: limit) { part in
      if !isFirst { try take(part) }
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
