public import FilePaths
public import SeedbankModel
public import SeedbankProviders
public import SeedbankStorage

/// The values that the client of a remote needs from its process.
public struct RemoteDependencies: Sendable {
  let variables: [String: String]
  let home: FilePath
  let network: NetworkSettings
  let now: @Sendable () -> Timestamp
  let random: @Sendable () -> UInt64
  let sleep: @Sendable (Duration) async throws -> Void

  /// - Parameters:
  ///   - variables: of the process; the AWS variables are read from them.
  ///   - home: the folder that contains `.aws`.
  public init(
    variables: [String: String], home: FilePath, network: NetworkSettings,
    now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable () -> UInt64,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.variables = variables
    self.home = home
    self.network = network
    self.now = now
    self.random = random
    self.sleep = sleep
  }
}

/// A library and one of its remotes.
///
/// ``close()`` must be called before the last reference is released.
public struct RemoteConnection: Sendable {
  let library: Library
  /// The name of the remote.
  let name: String
  let store: any RemoteStore
  let retry: Retry
  let now: @Sendable () -> Timestamp
  let random: @Sendable () -> UInt64
  let pace: TransferPace

  /// Opens the store of a remote.
  ///
  /// Nothing is sent yet.
  ///
  /// - Throws: `RemoteError`.
  public init(
    _ remote: Remote, of library: Library, at pace: TransferPace,
    in dependencies: RemoteDependencies
  ) throws {
    let retry = Retry(pause: dependencies.sleep)
    let store = try Self.store(
      at: remote.url, scratch: library.folder.incoming, pace, retry, dependencies)
    self.init(
      library: library, name: remote.name, store: store, retry: retry, now: dependencies.now,
      random: dependencies.random, pace: pace)
  }

  /// Opens the store at an address.
  ///
  /// - Parameter scratch: where files are put that other programs write and read.
  static func store(
    at url: String, scratch: FilePath, _ pace: TransferPace, _ retry: Retry,
    _ dependencies: RemoteDependencies
  ) throws -> any RemoteStore {
    switch try RemoteAddress(url) {
    case .folder(let path): return FolderStore(root: path, pace: pace)
    case .s3(let location):
      return try S3Store(
        location, S3Environment(variables: dependencies.variables, home: dependencies.home),
        network: dependencies.network, pace: pace, now: dependencies.now, retry: retry)
    case .rclone(let root):
      return RcloneStore(root: root, scratch: scratch, program: "rclone", pace: pace)
    }
  }

  init(
    library: Library, name: String, store: any RemoteStore, retry: Retry,
    now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable () -> UInt64,
    pace: TransferPace
  ) {
    self.library = library
    self.name = name
    self.store = store
    self.retry = retry
    self.now = now
    self.random = random
    self.pace = pace
  }

  /// Closes connections.
  public func close() async { await store.close() }

  /// The counter in the head of a library; nil if it has no head, or a damaged one.
  func headCounter(of writer: String) async throws -> Int64? {
    let bytes: [UInt8]?
    do {
      bytes = try await store.read(RemoteLayout.head(of: writer), limit: 4 << 10)
    } catch RemoteError.tooLarge {
      return nil
    }
    guard let bytes else { return nil }
    return (try? JSONReader.member("counter", of: String(decoding: bytes, as: UTF8.self)))
      .flatMap { Int64($0) }
  }

  // MARK: Parallel work

  /// Runs `body` for each element, with the number of parallel calls of the pace.
  ///
  /// After the first error or a cancellation, no more calls are started.
  func inParallel<Element: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      try Task.checkCancellation()
      var rest = elements[...]
      for _ in 0..<pace.jobs {
        guard let element = rest.popFirst() else { break }
        group.addTask { try await body(element) }
      }
      while try await group.next() != nil {
        try Task.checkCancellation()
        guard let element = rest.popFirst() else { continue }
        group.addTask { try await body(element) }
      }
    }
  }
}
