import FilePaths
import SeedbankModel

/// A place that stores objects by key, with the few operations that push and pull need.
///
/// Only this module creates keys: lower-case letters, digits, `.`, `-` and `/`. A write stores the
/// whole object or nothing, and replaces an existing object. Conditional requests and locks are not
/// needed; ``create(_:at:)`` uses the first if the store has them.
protocol RemoteStore: Sendable {
  /// Lists the objects below `folder`, which ends with a slash, in the order of their keys.
  ///
  /// - Parameters:
  ///   - after: only objects with a greater key.
  ///   - take: called with some at a time.
  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws

  /// The object, or nil if it does not exist.
  func object(_ key: String) async throws -> StoredObject?

  /// The bytes of a small object, or nil if it does not exist.
  ///
  /// - Throws: `RemoteError.tooLarge` if it has more than `limit` bytes.
  func read(_ key: String, limit: Int) async throws -> [UInt8]?

  /// Hands the bytes of an object to `take` part by part; returns false if it does not exist.
  ///
  /// - Parameter limit: the largest object, in bytes. A store may pass on more bytes before it notices that an
  ///   object is larger.
  /// - Throws: `RemoteError.tooLarge` if the store notices it; what `take` throws.
  func download(
    _ key: String, limit: Int64, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool

  /// Writes a small object.
  func write(_ bytes: [UInt8], to key: String) async throws

  /// Writes a small object if none exists.
  ///
  /// If the store cannot do both in one step, two computers that create an object at the same time replace each
  /// other's. So the caller must read it back.
  ///
  /// - Returns: false if the object exists already.
  func create(_ bytes: [UInt8], at key: String) async throws -> Bool

  /// Writes the bytes of a file, which must have the size and the digest given.
  ///
  /// - Throws: `DamagedFile` if it does not have them. Then no object is written.
  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws

  /// Removes an object. One that does not exist is not an error.
  func remove(_ key: String) async throws

  /// The keys of files that an interrupted write left, and that no listing shows.
  ///
  /// - Parameter end: only those that were last written until then, by the clock of the store.
  func drafts(writtenBefore end: Timestamp) async throws -> [String]

  /// Checks that a remote can be created here.
  ///
  /// - Throws: `RemoteError.insideLibrary`.
  func checkPlace() async throws

  /// Ends connections and processes.
  func close() async
}

/// The content of a file that is uploaded.
struct FileContent: Hashable, Sendable {
  let digest: Digest
  /// In bytes.
  let size: Int64
}

/// An object as a listing shows it.
struct StoredObject: Hashable, Sendable {
  let key: String
  /// In bytes.
  let size: Int64
  /// Changes when the object is replaced, as far as the store can tell.
  let version: String
  /// When it was written, by the clock of the store.
  ///
  /// Only listings say it.
  let modified: Timestamp?

  init(key: String, size: Int64, version: String, modified: Timestamp? = nil) {
    self.key = key
    self.size = size
    self.version = version
    self.modified = modified
  }
}

extension RemoteStore {
  func drafts(writtenBefore end: Timestamp) async throws -> [String] { [] }

  func checkPlace() async throws {}

  func create(_ bytes: [UInt8], at key: String) async throws -> Bool {
    guard try await object(key) == nil else { return false }
    try await write(bytes, to: key)
    return true
  }

  /// Downloads an object of any size.
  func download(
    _ key: String, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool { try await download(key, limit: .max, take: take) }

  /// All objects below `folder`.
  ///
  /// Only for folders that stay small.
  func objects(in folder: String, after: String? = nil) async throws -> [StoredObject] {
    let found = Collected<StoredObject>()
    try await list(folder, after: after) { found.add($0) }
    return found.elements
  }
}
