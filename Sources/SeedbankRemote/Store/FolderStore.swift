import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// A remote in a folder: on another disk, on a file server, or one that another program synchronizes.
///
/// A file gets its name only when it is complete and synced. Names that begin with a dot are drafts and
/// are never listed. Symbolic links are not followed.
struct FolderStore: RemoteStore {
  let root: FilePath
  let pace: TransferPace

  func list(
    _ folder: String, after: String?, take: @Sendable ([StoredObject]) throws -> Void
  ) async throws {
    let found = try await BlockingWork.run { try objects(below: folder, after: after) }
    for page in found.chunks(of: 1000) { try take(Array(page)) }
  }

  func object(_ key: String) async throws -> StoredObject? {
    try await BlockingWork.run { try stored(key) }
  }

  func read(_ key: String, limit: Int) async throws -> [UInt8]? {
    try await BlockingWork.run {
      guard let object = try stored(key) else { return nil }
      guard object.size <= limit else { throw RemoteError.tooLarge(key: key, limit: limit) }
      var bytes: [UInt8] = []
      let isThere = try forEachPart(of: key) { part in
        bytes += part
        // Another program may be writing to the file.
        guard bytes.count <= limit else { throw RemoteError.tooLarge(key: key, limit: limit) }
      }
      return isThere ? bytes : nil
    }
  }

  func download(
    _ key: String, limit: Int64, take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws -> Bool {
    try await BlockingWork.run {
      if let object = try stored(key), object.size > limit {
        throw RemoteError.tooLarge(key: key, limit: Int(limit))
      }
      let brake = Brake(pace)
      return try forEachPart(of: key) { part in
        try take(part)
        brake?.wait(after: part.count)
      }
    }
  }

  func write(_ bytes: [UInt8], to key: String) async throws {
    _ = try await BlockingWork.run { try publish(bytes, as: key, replacing: true) }
  }

  func create(_ bytes: [UInt8], at key: String) async throws -> Bool {
    try await BlockingWork.run { try publish(bytes, as: key, replacing: false) }
  }

  func upload(_ file: FilePath, _ content: FileContent, to key: String) async throws {
    try await BlockingWork.run {
      let sent = try SentFile(file, content)
      let brake = Brake(pace)
      _ = try publish(key, replacing: true) { descriptor, path in
        try sent.forEachPiece { piece in
          try FileSystem.write(piece, to: descriptor, path: path)
          brake?.wait(after: piece.count)
        }
      }
    }
  }

  func remove(_ key: String) async throws {
    try await BlockingWork.run {
      guard unlink(path(key)) == 0 || errno == ENOENT else { throw failure("remove", path(key)) }
    }
  }

  func drafts(writtenBefore end: Timestamp) async throws -> [String] {
    try await BlockingWork.run {
      try drafts(in: "") + RemoteLayout.folders.flatMap { try drafts(below: $0) }
    }.filter { key in try stored(key)?.modified.map { $0 <= end } ?? false }
  }

  func close() async {}

  // MARK: Files

  private func path(_ key: String) -> FilePath { root.appending(key) }

  private func stored(_ key: String) throws -> StoredObject? {
    var status = stat()
    guard lstat(path(key), &status) == 0 else {
      // After another error, such as that of a file server, the object may exist.
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure("read", path(key))
    }
    guard status.isRegularFile else { return nil }
    let time = status.st_mtim
    return StoredObject(
      key: key, size: Int64(status.st_size),
      version: "\(status.st_size)-\(time.tv_sec).\(time.tv_nsec)-\(status.st_ino)",
      modified: Timestamp(milliseconds: time.nanoseconds / 1_000_000))
  }

  private func objects(below folder: String, after: String?) throws -> [StoredObject] {
    var found: [StoredObject] = []
    for (name, isFolder) in try entries(of: folder) {
      let key = folder + name
      // Folders whose names all come before the key are not read.
      if let after, key < after, !after.hasPrefix(key + "/") { continue }
      if isFolder {
        found += try objects(below: key + "/", after: after)
      } else if after.map({ key > $0 }) ?? true, let object = try stored(key) {
        found.append(object)
      }
    }
    return found
  }

  private func drafts(below folder: String) throws -> [String] {
    let folders = try entries(of: folder).filter(\.isFolder)
    return try drafts(in: folder) + folders.flatMap { try drafts(below: folder + $0.name + "/") }
  }

  /// The files of a folder whose names are those of drafts of objects: `.NAME.XXXXXX`.
  private func drafts(in folder: String) throws -> [String] {
    try entries(of: folder, areHidden: true).filter { entry in
      let parts = entry.name.dropFirst().split(
        separator: ".", omittingEmptySubsequences: false)
      return !entry.isFolder && parts.count > 1 && parts.last?.utf8.count == Self.draftSuffixLength
        && RemoteLayout.isObject(folder + parts.dropLast().joined(separator: "."))
    }.map { folder + $0.name }
  }

  private func entries(
    of folder: String, areHidden: Bool = false
  ) throws -> [(name: String, isFolder: Bool)] {
    let path = path(folder)
    guard let stream = opendir(path) else {
      if errno == ENOENT { return [] }
      throw failure("open", path)
    }
    defer { closedir(stream) }
    var found: [(name: String, isFolder: Bool)] = []
    while let entry = readdir(stream) {
      guard let name = FilePath(nameOf: entry).utf8, (name.first == ".") == areHidden,
        name != ".", name != ".."
      else { continue }
      var status = stat()
      guard lstat(path.appending(name), &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: found.append((name, true))
      case S_IFREG: found.append((name, false))
      default: continue
      }
    }
    // In the order of the keys, in which a folder's name ends with a slash.
    return found.sorted {
      ($0.name + ($0.isFolder ? "/" : "")) < ($1.name + ($1.isFolder ? "/" : ""))
    }
  }

  private func forEachPart(
    of key: String, _ take: ([UInt8]) throws -> Void
  ) throws -> Bool {
    guard try stored(key) != nil else { return false }
    try FileParts.forEach(of: path(key), take)
    return true
  }

  private func publish(_ bytes: [UInt8], as key: String, replacing: Bool) throws -> Bool {
    try publish(key, replacing: replacing) { descriptor, path in
      try bytes.withUnsafeBytes { try FileSystem.write($0, to: descriptor, path: path) }
    }
  }

  /// Writes a file under the name of a draft, and then gives it its name.
  ///
  /// - Returns: false if the name exists and the file is not `replacing` another one.
  private func publish(
    _ key: String, replacing: Bool,
    _ fill: (_ descriptor: Int32, _ draft: FilePath) throws -> Void
  ) throws -> Bool {
    let path = path(key)
    try makeFolder(path.folder)
    let (descriptor, draft) = try makeDraft(of: path)
    do {
      defer { Platform.close(descriptor) }
      try fill(descriptor, draft)
      guard fsync(descriptor) == 0 else { throw failure("sync", draft) }
    } catch {
      unlink(draft)
      throw error
    }
    if !replacing {
      let result = link(draft, path)
      let code = errno
      // Not every file system has hard links. Then two computers can both give the name.
      if result == 0 || code == EEXIST || (try? stored(key)) != nil {
        unlink(draft)
        if result == 0 { try FileSystem.syncFolder(of: path) }
        return result == 0
      }
    }
    guard rename(draft, path) == 0 else {
      let error = failure("rename", draft)
      unlink(draft)
      throw error
    }
    try FileSystem.syncFolder(of: path)
    return true
  }

  /// Number of random characters.
  private static let draftSuffixLength = 6

  /// Creates an empty file whose name no other process has, also not on another computer with the same
  /// process number.
  private func makeDraft(of path: FilePath) throws -> (descriptor: Int32, draft: FilePath) {
    while true {
      // All numbers with six digits in this radix.
      let suffix = String(Int.random(in: 60_466_176..<2_176_782_336), radix: 36)
      let draft = path.folder.appending(".\(path.name.text).\(suffix)")
      // Not `mkstemp`, which ignores the permissions that the user gives to new files.
      let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        Self.shareWithGroup(draft)
        return (descriptor, draft)
      }
      guard errno == EEXIST else { throw failure("create", draft) }
    }
  }

  private func makeFolder(_ path: FilePath) throws {
    var isMade = mkdir(path, 0o777) == 0
    if !isMade, errno == ENOENT, path != root, path.isInside(root) {
      try makeFolder(path.folder)
      isMade = mkdir(path, 0o777) == 0
    }
    guard isMade else {
      if errno == EEXIST { return }
      throw failure("create", path)
    }
    if path != root { Self.shareWithGroup(path) }
    try FileSystem.syncFolder(of: path)
  }

  private func failure(_ operation: String, _ path: FilePath) -> RemoteError {
    .file(operation: operation, path: path, errno: errno)
  }
}
