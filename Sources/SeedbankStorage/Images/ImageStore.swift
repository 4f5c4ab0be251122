public import FilePaths
import Glibc
public import SeedbankModel

/// The image files of a library, each named by the SHA-256 of its bytes and never rewritten.
///
/// The order of writes is what keeps them true: bytes into `incoming/`, checked by the caller, synced,
/// renamed, the folder synced; only then may a row of the catalog speak of the file.
public struct ImageStore: Sendable {
  let folder: LibraryFolder
  let onStep: StepObserver

  /// Opens the incoming file `name`, keeping what an earlier attempt left in it.
  ///
  /// - Parameter name: unique to one image of one generation, so that a download can be resumed.
  /// - Throws: `LibraryError`.
  public func receive(_ name: String) throws -> IncomingFile {
    try FileSystem.makeFolder(folder.incoming)
    let file = try IncomingFile(path: folder.incoming + "/" + name)
    onStep(.downloadBegun)
    return file
  }

  /// Takes a complete, checked file into the store; the same bytes twice are stored once.
  ///
  /// - Parameter format: the name of an ``ImageKind``, as the bytes say.
  /// - Returns: its digest. The file is under its name for good when this returns.
  /// - Throws: `LibraryError`; then the incoming file is still there.
  public func keep(_ incoming: IncomingFile, format: String) throws -> Digest {
    let digest = try incoming.finish()
    incoming.forgetOrigin()
    onStep(.bytesSynced)
    let path = folder.path + "/" + LibraryFolder.relativePath(of: digest, format: format)
    try FileSystem.makeFolder(path.folder)
    if FileSystem.size(path) == incoming.size, Self.digest(ofFileAt: path) == digest {
      FileSystem.removeIfPresent(incoming.path)
    } else {
      // Either the name is free, or what stands there is not what it says: the true bytes take it.
      guard chmod(incoming.path, 0o444) == 0, rename(incoming.path, path) == 0 else {
        throw FileSystem.failure("rename", incoming.path)
      }
      onStep(.fileRenamed)
    }
    try FileSystem.syncFolder(of: path)
    try FileSystem.syncFolder(of: path.folder)
    onStep(.folderSynced)
    return digest
  }

  /// The digest of a file's bytes, or nil where it can't be read.
  public static func digest(ofFileAt path: FilePath) -> Digest? {
    var hash = RunningDigest()
    guard (try? hash.updateWithFile(at: path)) != nil else { return nil }
    return hash.value
  }
}

extension Library {
  /// The library's image files.
  public var images: ImageStore { ImageStore(folder: folder, onStep: onStep) }
}
