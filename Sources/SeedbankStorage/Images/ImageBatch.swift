package import FilePaths
import Platform
package import SeedbankModel

/// Image files that are added to the store together and written to the disk by one flush.
///
/// Flushing ten thousand files one by one takes much longer than reading and hashing them. The
/// order of writes is the same: no row may refer to a file before `flush` has returned.
public struct ImageBatch: Sendable {
  /// How a file on this computer is added to the store.
  public enum Link: String, Sendable, CaseIterable {
    /// A hard link to the same file; writing to the original would damage the library's file.
    case hard
    /// A copy that shares disk blocks with the original until one of them changes.
    case reflink
    /// A symbolic link to the original, which can be on another disk; if the original is moved or
    /// changed, the image is missing or damaged.
    case symlink
  }

  let folder: LibraryFolder
  /// The files that the next flush writes.
  private(set) var placed: Set<FilePath> = []

  init(folder: LibraryFolder) { self.folder = folder }

  /// Writes `bytes`, complete and checked by the caller, under the name of their digest.
  ///
  /// - Throws: `LibraryError`.
  package mutating func add(_ bytes: [UInt8], digest: Digest, format: String) throws {
    try place(digest, format) { draft in
      let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o444)
      guard descriptor >= 0 else { throw FileSystem.failure("create", draft) }
      defer { close(descriptor) }
      try bytes.withUnsafeBytes { try FileSystem.write($0, to: descriptor, path: draft) }
    }
  }

  /// Adds the file at `path`, whose digest is known, without copying its bytes.
  ///
  /// - Parameters:
  ///   - path: absolute.
  ///   - identity: of the file when its digest was computed.
  /// - Returns: false if the file has changed; nothing is added then.
  /// - Throws: `LibraryError.inputOutput` if the file system does not support it (`EXDEV`,
  ///   `EOPNOTSUPP`).
  package mutating func link(
    _ path: FilePath, _ identity: FileIdentity, by link: Link, digest: Digest, format: String
  ) throws -> Bool {
    guard FileIdentity(path: path) == identity else { return false }
    try place(digest, format) { draft in
      switch link {
      case .hard:
        // A link of links leads to the file itself.
        guard linkFollowing(path, draft) == 0 else {
          throw FileSystem.failure("link", path)
        }
      case .reflink:
        try FileSystem.clone(path, to: draft)
      case .symlink:
        guard symlink(path, draft) == 0 else { throw FileSystem.failure("link", path) }
      }
    }
    return FileIdentity(path: path) == identity
  }

  /// Writes all files that were added since the last flush, and their names, to the disk.
  ///
  /// Many files in different folders are written by one flush of their file system. This takes a
  /// fraction of the time of a flush for each.
  package mutating func flush() throws {
    if placed.count > Self.few {
      try FileSystem.syncFileSystem(of: folder.images)
    } else if !placed.isEmpty {
      for path in placed.sorted() { try FileSystem.sync(path) }
      for folder in Set(placed.map(\.folder)) { try FileSystem.sync(folder) }
      try FileSystem.sync(folder.images)
    }
    placed = []
  }

  /// That flush also writes the data of other programs, which takes too long for a few files.
  private static let few = 4

  /// Creates the file beside `incoming/` and names it when it is complete.
  ///
  /// A file of this name with the same bytes stays. An import that was stopped before its flush may
  /// have left it, so it is flushed too.
  private mutating func place(
    _ digest: Digest, _ format: String, _ make: (FilePath) throws -> Void
  ) throws {
    let path = folder.path + "/" + LibraryFolder.relativePath(of: digest, format: format)
    guard ImageStore.digest(ofFileAt: path) != digest else {
      placed.insert(path)
      return
    }
    try FileSystem.makeFolder(folder.incoming)
    try FileSystem.makeFolder(path.folder)
    let draft = folder.incoming + "/\(digest.hex).import-\(getpid())"
    do {
      FileSystem.removeIfPresent(draft)
      try make(draft)
      guard rename(draft, path) == 0 else { throw FileSystem.failure("rename", draft) }
      // Two names of one file: rename(2) then does nothing and leaves both.
      FileSystem.removeIfPresent(draft)
      placed.insert(path)
    } catch {
      FileSystem.removeIfPresent(draft)
      throw error
    }
  }
}

extension Library {
  /// A batch for the library's image store.
  package func imageBatch() -> ImageBatch { ImageBatch(folder: folder) }
}
