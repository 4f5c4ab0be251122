import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// A remote that rclone reaches, by one rclone process for each operation.
struct RcloneStore: RemoteStore {
  /// `REMOTE:path`, without a slash at the end.
  let root: String
  /// Where files are put that rclone writes and reads.
  let scratch: FilePath
  let program: FilePath
  let pace: TransferPace

  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws {
    // A prune needs the time of the storage, if it has one beside that of the uploaded file. A folder that does
    // not exist is empty; rclone ends with 3 then.
    let output = try await run(
      [
        "lsjson", "--recursive", "--files-only", "--no-mimetype", "--use-server-modtime",
        address(folder),
      ], allowing: [3])
    let entries = try RcloneEntry.entries(output)
    let versions = folder == RemoteLayout.heads ? try await versions(ofHeads: entries) : [:]
    let found = entries.map {
      StoredObject(
        key: folder + $0.path, size: $0.size, version: versions[$0.path] ?? $0.version,
        modified: Timestamp(rfc3339: $0.modified))
    }
    try take(found.filter { after == nil || $0.key > after ?? "" }.sorted { $0.key < $1.key })
  }

  /// The versions of heads by name, from their content.
  ///
  /// A head is replaced by one of the same size, and the times of some storages are those of whole seconds or
  /// minutes.
  private func versions(ofHeads entries: [RcloneEntry]) async throws -> [String: String] {
    let heads = entries.filter { RemoteLayout.isLibrary($0.path) && $0.size <= Self.headLimit }
    let found = Collected<(name: String, version: String)>()
    for some in heads.chunks(of: pace.jobs) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for head in some {
          group.addTask {
            // It can have been removed meanwhile.
            let content = try await run(
              ["cat", address(RemoteLayout.heads + head.path)], allowing: Self.isMissing)
            found.add([(head.path, Digest(of: content).hex)])
          }
        }
        try await group.waitForAll()
      }
    }
    return Dictionary(found.elements.map { ($0.name, $0.version) }) { first, _ in first }
  }

  /// In bytes; a larger object is not a head.
  private static let headLimit: Int64 = 4 << 10

  func object(_ key: String) async throws -> StoredObject? {
    let output = try await run(
      ["lsjson", "--files-only", "--no-mimetype", address(key)], allowing: [3])
    return try RcloneEntry.entries(output).first.map {
      StoredObject(key: key, size: $0.size, version: $0.version)
    }
  }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    guard let object = try await object(key) else { return nil }
    guard object.size <= limit else { throw RemoteError.tooLarge(key: key, limit: limit) }
    return try await run(["cat", address(key)], key: key, limit: limit)
  }

  /// The object is received as a whole before its bytes are passed on, so that rclone can try again.
  func download(
    _ key: String, limit: Int64, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool {
    guard let object = try await object(key) else { return false }
    guard object.size <= limit else {
      throw RemoteError.tooLarge(key: key, limit: Int(limit))
    }
    guard object.size > 0 else { return true }
    let file = try await BlockingWork.run { [scratch] in try UnnamedFile(in: scratch) }
    // An object that was replaced by a larger one meanwhile must not fill the disk.
    let arguments = ["cat", "--count", "\(object.size)", address(key)]
    for attempt in 1...Self.tries {
      let end = try await run(arguments, into: file)
      if end.status == 0 { break }
      // It was removed meanwhile.
      if Self.isMissing.contains(end.status) { return false }
      guard attempt < Self.tries, Self.isPassing.contains(end.status) else {
        throw RemoteError.rclone(status: end.status, message: end.lastLine)
      }
      try await BlockingWork.run { try file.empty() }
    }
    try await BlockingWork.run { try file.forEachPart(take) }
    return true
  }

  /// rclone itself does not repeat `cat`, because it may have written a part of the output.
  private static let tries = 5
  /// The exit statuses for a folder or a file that does not exist.
  private static let isMissing: Set<Int32> = [3, 4]
  /// The exit statuses for errors of unknown kind, and for those that may pass.
  private static let isPassing: Set<Int32> = [1, 5]

  func write(_ bytes: [UInt8], to key: String) async throws {
    let file = scratchFile(key)
    defer { unlink(file) }
    try await BlockingWork.run {
      let descriptor = try create(file)
      defer { Platform.close(descriptor) }
      try bytes.withUnsafeBytes { try FileSystem.write($0, to: descriptor, path: file) }
    }
    try await copy(file, to: key)
  }

  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws {
    // rclone keeps the time of the file that it copies, and a prune needs the time of the upload.
    let copied = scratchFile(key)
    defer { unlink(copied) }
    try await BlockingWork.run {
      let sent = try SentFile(file, content)
      let descriptor = try create(copied)
      defer { Platform.close(descriptor) }
      try sent.forEachPiece { try FileSystem.write($0, to: descriptor, path: copied) }
    }
    try await copy(copied, to: key)
  }

  func remove(_ key: String) async throws {
    guard try await object(key) != nil else { return }
    _ = try await run(["deletefile", address(key)], allowing: [3, 4])
  }

  func close() async {}

  private func create(_ file: FilePath) throws -> Int32 {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw RemoteError.file(operation: "create", path: file, errno: errno)
    }
    return descriptor
  }

  private func copy(_ file: FilePath, to key: String) async throws {
    _ = try await run(["copyto", "--ignore-times", file.text, address(key)])
  }

  private func address(_ key: String) -> String {
    root + (root.last == ":" || root.last == "/" ? "" : "/") + key
  }

  private func scratchFile(_ key: String) -> FilePath {
    scratch.appending(ScratchFile.name(for: Digest(of: key.utf8)))
  }

  /// - Parameters:
  ///   - allowing: exit statuses for which nothing is returned.
  ///   - limit: the largest output, in bytes.
  /// - Throws: `RemoteError.tooLarge` with the key if the output is larger.
  private func run(
    _ arguments: [String], allowing: Set<Int32> = [], key: String = "", limit: Int = .max
  ) async throws -> [UInt8] {
    let file = try await BlockingWork.run { [scratch] in try UnnamedFile(in: scratch) }
    let end = try await run(arguments, into: file)
    if allowing.contains(end.status) { return [] }
    guard end.status == 0 else {
      throw RemoteError.rclone(status: end.status, message: end.lastLine)
    }
    return try await BlockingWork.run {
      guard file.size <= limit else { throw RemoteError.tooLarge(key: key, limit: limit) }
      return try file.content()
    }
  }

  private func run(_ arguments: [String], into file: UnnamedFile) async throws -> Subprocess.End {
    // rclone counts in KiB unless a unit follows.
    let limit = pace.bytesPerSecondEach.map { ["--bwlimit", "\($0)B"] } ?? []
    return try await BlockingWork.run { [program, scratch] in
      try Subprocess.run(
        program, ["--quiet", "--retries", "5"] + limit + arguments, into: file, scratch: scratch)
    }
  }
}

/// A file as `rclone lsjson` prints it.
private struct RcloneEntry {
  let path: String
  let size: Int64
  let modified: String

  var version: String { "\(size)-\(modified)" }

  static func entries(_ json: [UInt8]) throws -> [RcloneEntry] {
    guard json.contains(where: { $0 > 0x20 }) else { return [] }
    var found: [RcloneEntry] = []
    do {
      try json.withUnsafeBufferPointer { bytes in
        var reader = JSONReader(bytes)
        try reader.array { reader throws(RecordError) in
          var (path, size, modified): (String?, Int64, String) = (nil, -1, "")
          try reader.members { name, reader throws(RecordError) in
            switch name {
            case "Path": path = try reader.string()
            case "Size": size = Int64(exactly: try reader.number()) ?? -1
            case "ModTime": modified = try reader.string()
            default: try reader.skipValue()
            }
          }
          if let path, size >= 0 {
            found.append(RcloneEntry(path: path, size: size, modified: modified))
          }
        }
      }
    } catch is RecordError {
      throw RemoteError.badReply
    }
    return found
  }
}
