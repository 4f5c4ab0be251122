import FilePaths
import Foundation
import SeedbankProviders
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote

/// A folder that is removed with this value.
final class TemporaryFolder: Sendable {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "seedbank-remote-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = FilePath(url.path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path.text) }

  func file(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
    let file = path.appending(name)
    #expect(FileManager.default.createFile(atPath: file.text, contents: Data(bytes)))
    return file
  }
}

/// The kinds of stores on which the conformance tests run.
enum StoreKind: String, CaseIterable, Sendable {
  case folder, s3Path, s3Virtual, rclone
}

/// An empty store of one kind, with everything that it needs.
struct StoreFixture: Sendable {
  let store: any RemoteStore
  let folder: TemporaryFolder

  init(_ kind: StoreKind) async throws {
    folder = try TemporaryFolder()
    switch kind {
    case .folder: store = FolderStore(folder.path.appending("remote"))
    case .s3Path: store = try await Self.s3("path")
    case .s3Virtual: store = try await Self.s3("virtual")
    case .rclone:
      store = RcloneStore(
        root: ":local:" + folder.path.appending("remote").text, scratch: folder.path,
        program: "rclone", pace: TransferPace(jobs: 4))
    }
  }

  static let environment: S3Environment = {
    let variables = ["AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"]
    do {
      return try S3Environment(variables: variables, home: "/nonexistent")
    } catch {
      preconditionFailure("the variables have credentials")
    }
  }()

  static func s3(_ style: String) async throws -> S3Store {
    let server = try await ObjectServer.shared()
    let bucket = "bucket-\(UUID().uuidString.lowercased().prefix(8))"
    let path = try store(
      "s3://\(bucket)/some/prefix?endpoint=\(server.url("127.0.0.1"))&style=path")
    try await makeBucket(path)
    // Names below localhost resolve to this machine, so the bucket can be part of the name.
    let host = style == "path" ? "127.0.0.1" : "localhost"
    return try store("s3://\(bucket)/some/prefix?endpoint=\(server.url(host))&style=\(style)")
  }

  static func makeBucket(_ store: S3Store) async throws {
    _ = try await store.send(store.bucketPath, .put, limit: 1 << 20, allowing: [200])
  }

  static func store(
    _ url: String, retry: Retry = Retry(pause: { _ in })
  ) throws -> S3Store {
    guard case .s3(let location) = try RemoteAddress(url) else { throw RemoteError.notARemote }
    return try S3Store(
      location, environment, network: NetworkSettings(), pace: TransferPace(jobs: 4),
      now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
      retry: retry)
  }
}

extension FileContent {
  init(_ bytes: [UInt8]) { self.init(digest: Digest(of: bytes), size: Int64(bytes.count)) }
}

extension FolderStore {
  init(_ root: FilePath) { self.init(root: root, pace: TransferPace(jobs: 3)) }
}
