import FilePaths
import Foundation
import GRDB
import SeedbankImaging
import Synchronization
import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote
@testable import SeedbankStorage

/// The library of one person, whose clock may be wrong.
final class Replica: Sendable {
  let folder: LibraryFolder
  /// The milliseconds by which its clock is ahead.
  let shift: Int64
  private static let clock = Mutex<Int64>(1_800_000_000_000)

  init(shift: Int64 = 0) throws {
    folder = LibraryFolder(
      path: FileManager.default.temporaryDirectory
        .appending(path: "seedbank-replica-\(UUID().uuidString)").path)
    self.shift = shift
    _ = try library()
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder.path.text)
    try? FileManager.default.removeItem(atPath: backup)
  }

  /// Opens the library with a separate connection, as after a restart.
  func library() throws -> Library { try Library.open(folder, for: .creating) }

  var now: Timestamp {
    Timestamp(
      milliseconds: Self.clock.withLock { time in
        time += 1000
        return time
      } + shift)
  }

  func connection(_ store: any RemoteStore, name: String = "team") throws -> RemoteConnection {
    let library = try library()
    if try !library.remotes().contains(where: { $0.name == name }) {
      try library.addRemote(name, url: "file:///remote")
    }
    return RemoteConnection(
      library: library, name: name, store: store, retry: Retry(pause: { _ in }),
      now: { self.now }, random: { 7 }, pace: TransferPace(jobs: 3))
  }

  @discardableResult
  func push(_ store: any RemoteStore) async throws -> PushReport {
    try await connection(store).push()
  }

  @discardableResult
  func pull(
    _ store: any RemoteStore, images: RemoteConnection.ImageChoice = .all
  ) async throws -> PullReport {
    try await connection(store).pull(images: images)
  }

  /// Records complete generations with one image each.
  ///
  /// - Parameter hasReference: whether each has a reference image too.
  @discardableResult
  func plant(
    _ prompts: [String], seed: UInt64, hasReference: Bool = false
  ) throws -> [GenerationID] {
    try plant(prompts, seed: seed, hasReference: hasReference) { Array("\($0) \(seed)".utf8) }
  }

  /// Records complete generations with one picture of 400 × 300 pixels each.
  @discardableResult
  func plantPictures(_ prompts: [String], seed: UInt64) throws -> [GenerationID] {
    try plant(prompts, seed: seed) { prompt in
      var random = SeededGenerator(seed: seed &+ prompt.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
      let color = (0..<3).map { _ in UInt8.random(in: 0...255, using: &random) }
      let bytes = (0..<400 * 300).flatMap { index in color.map { $0 &+ UInt8(index % 400 / 8) } }
      let pixels = Pixels(width: 400, height: 300, layout: .rgb, bytes: bytes)
      return try #require(pixels).encoded(as: .png())
    }
  }

  private func plant(
    _ prompts: [String], seed: UInt64, hasReference: Bool = false,
    content: (_ prompt: String) throws -> [UInt8]
  ) throws -> [GenerationID] {
    var random = SeededGenerator(seed: seed)
    let library = try library()
    let drafts = try prompts.map { prompt in
      var draft = GenerationDraft(
        uid: UID(at: now, using: &random), prompt: prompt, parameters: Parameters(),
        createdAt: now, status: .complete, requestBody: Array("{}".utf8))
      draft.completedAt = now
      draft.replyBody = Array(#"{"url":"https://x.example/?signature=secret"}"#.utf8)
      draft.images = [try plantImage(content(prompt), in: library)]
      if hasReference {
        let file = try plantImage(Array("reference of \(prompt) \(seed)".utf8), in: library)
        draft.references = [
          ReferenceImage(
            position: 1, digest: file.digest, format: file.format, width: file.width,
            height: file.height, bytes: file.bytes)
        ]
      }
      return draft
    }
    return try library.record(drafts)
  }

  private func plantImage(_ bytes: [UInt8], in library: Library) throws -> CataloguedImage {
    let file = try library.images.receive(Digest(of: bytes).hex)
    try bytes.withUnsafeBytes { try file.append($0) }
    return CataloguedImage(
      position: 1, digest: try library.images.keep(file, format: "png"), format: "png", width: 8,
      height: 8, bytes: Int64(bytes.count), perceptualHash: 7)
  }

  /// Records requests that wait to be sent.
  @discardableResult
  func queue(_ count: Int, seed: UInt64) throws -> [GenerationID] {
    var random = SeededGenerator(seed: seed)
    return try library().record(
      (0..<count).map { number in
        GenerationDraft(
          uid: UID(at: now, using: &random), prompt: "queued \(number)", parameters: Parameters(),
          createdAt: now, requestBody: Array("{}".utf8), gateway: "https://gateway.example")
      })
  }

  /// Sends the requests that this library may send.
  func work(_ random: inout SeededGenerator, _ send: (UID) -> Void) throws {
    let library = try library()
    for id in try ids() {
      guard let generation = try library.generation(id), generation.status == .queued,
        generation.trashedAt == nil
      else { continue }
      try library.advance(id, .submit(to: "https://gateway.example"), at: now)
      send(generation.uid)
      let reply = Array("{}".utf8)
      switch Int.random(in: 0...3, using: &random) {
      case 0: try library.advance(id, .accepted(jobID: "job", reply: reply), at: now)
      case 1:
        let failure = RecordedFailure(code: "refused", message: "no")
        try library.advance(id, .fail(failure, reply: reply), at: now)
      case 2:
        let failure = RecordedFailure(code: "timeout", message: "no reply")
        try library.advance(id, .outcomeUnknown(failure, reply: nil), at: now)
      default: break
      }
    }
  }

  private var backup: String { folder.path.text + "-backup" }

  /// Saves a copy of the catalog.
  func backUp() throws {
    try? FileManager.default.removeItem(atPath: backup)
    try FileManager.default.copyItem(atPath: folder.catalog.text, toPath: backup)
  }

  /// Replaces the catalog with the saved copy.
  func restoreBackup() throws {
    guard FileManager.default.fileExists(atPath: backup) else { return }
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.catalog.text + suffix)
    }
    try FileManager.default.copyItem(atPath: backup, toPath: folder.catalog.text)
  }

  func ids() throws -> [GenerationID] {
    try library().read { try Int64.fetchAll($0, sql: "SELECT id FROM generation ORDER BY id") }
      .map { GenerationID($0) }
  }

  func edit(_ edit: Edit, _ ids: [GenerationID]) throws {
    try library().edit(edit, on: ids, by: "ana", at: now)
  }

  /// Returns the parts of a dump that an exchange over a remote makes equal.
  ///
  /// Ids, the history, replies, and data about files are left out.
  func exchanged() throws -> [String] {
    var bytes: [UInt8] = []
    try library().dump { bytes += $0 }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
      let line = String(decoding: line, as: UTF8.self)
      guard !line.hasPrefix(#"{"change""#), !line.hasPrefix(#"{"item_of""#) else { return nil }
      guard var record = try? GenerationRecord(json: line).forRemotes else { return line }
      record.id = nil
      record.parent = nil
      for index in record.images.indices { record.images[index].isMissing = false }
      return record.json
    }.sorted()
  }

  /// The thumbnails that came from a remote.
  func receivedThumbnails() throws -> [[UInt8]] {
    let root = folder.thumbnails.text
    let names = try FileManager.default.subpathsOfDirectory(atPath: root)
    return try names.filter { $0.hasSuffix("-remote.jpg") }.sorted().map {
      Array(try Data(contentsOf: URL(fileURLWithPath: root + "/" + $0)))
    }
  }

  func missingImages() throws -> Int {
    try library().read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM image WHERE missing_since IS NOT NULL") ?? 0
    }
  }
}

/// A store that fails at one operation, before or after the operation is done.
///
/// It behaves like a process that is killed at that point.
final class FailingStore: RemoteStore {
  struct Killed: Error {}

  private let store: any RemoteStore
  private let failure: Int
  private let isDoneBefore: Bool
  private let count = Mutex(0)

  init(_ store: any RemoteStore, at failure: Int, doneBefore: Bool) {
    self.store = store
    self.failure = failure
    isDoneBefore = doneBefore
  }

  /// The number of operations so far.
  var operations: Int { count.withLock { $0 } }

  private func step<Value>(_ body: () async throws -> Value) async throws -> Value {
    let number = count.withLock { count in
      count += 1
      return count
    }
    // A killed process does nothing more.
    if number > failure || number == failure && !isDoneBefore { throw Killed() }
    let value = try await body()
    if number == failure { throw Killed() }
    return value
  }

  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws { try await step { try await store.list(folder, after: after, take: take) } }

  func object(_ key: String) async throws -> StoredObject? {
    try await step { try await store.object(key) }
  }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    try await step { try await store.read(key, limit: limit) }
  }

  func download(
    _ key: String, limit: Int64, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool {
    try await step { try await store.download(key, limit: limit, take: take) }
  }

  func write(_ bytes: [UInt8], to key: String) async throws {
    try await step { try await store.write(bytes, to: key) }
  }

  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws {
    try await step { try await store.upload(file, content, to: key) }
  }

  func remove(_ key: String) async throws { try await step { try await store.remove(key) } }

  func close() async {}
}
