package import FilePaths
import Platform
package import SeedbankModel

/// The image files of a library, each named by the SHA-256 of its bytes and never rewritten.
///
/// The order of writes keeps rows and files consistent: bytes are written to `incoming/`, checked
/// by the caller, synced and renamed, and the folder is synced. Only then may a row of the catalog
/// refer to the file.
package struct ImageStore: Sendable {
  let folder: LibraryFolder
  let onStep: StepObserver

  /// Opens the incoming file `name`, keeping what an earlier attempt left in it.
  ///
  /// - Parameter name: unique to one image of one generation, so that a download can be resumed.
  /// - Throws: `LibraryError`.
  package func receive(_ name: String) throws -> IncomingFile {
    try FileSystem.makeFolder(folder.incoming)
    let path = folder.incoming + "/" + name
    // A sealed file may be an image of the library under a second name. Nothing is written into it.
    if IncomingFile.isSealed(path) { FileSystem.removeIfPresent(path) }
    let file = try IncomingFile(path: path)
    onStep(.downloadBegun)
    return file
  }

  /// Returns the incoming file `name` if an earlier attempt left it complete and checked, else nil.
  ///
  /// - Throws: `LibraryError`.
  package func received(_ name: String) throws -> IncomingFile? {
    let path = folder.incoming + "/" + name
    return IncomingFile.isSealed(path) ? try IncomingFile(sealed: path) : nil
  }

  /// Removes the incoming file `name`, whose image is in the catalog.
  package func forgetReceived(_ name: String) {
    FileSystem.removeIfPresent(folder.incoming + "/" + name)
  }

  /// Adds a complete, checked file to the store; the same bytes are stored once.
  ///
  /// - Parameters:
  ///   - format: the name of an ``ImageKind``, found from the bytes.
  ///   - untilRecorded: whether the incoming file stays until ``forgetReceived(_:)`` is called. If
  ///     the process ends before the row is committed, ``received(_:)`` returns the file to the
  ///     next process.
  /// - Returns: its digest. The file and its name are on the disk when this returns.
  /// - Throws: `LibraryError`; then the incoming file still exists.
  package func keep(
    _ incoming: IncomingFile, format: String, untilRecorded: Bool = false
  ) throws -> Digest {
    let digest = try incoming.finish()
    incoming.forgetOrigin()
    onStep(.bytesSynced)
    let path = folder.path + "/" + LibraryFolder.relativePath(of: digest, format: format)
    try FileSystem.makeFolder(path.folder)
    if FileSystem.size(path) == incoming.size, Self.digest(ofFileAt: path) == digest {
      // An import that was stopped before its flush may have left the file.
      try FileSystem.sync(path)
      if !untilRecorded { FileSystem.removeIfPresent(incoming.path) }
    } else {
      // A second name needs a file system with hard links; without them the file is renamed. It is also
      // renamed if a file with other bytes has the name: the true bytes take its place.
      guard untilRecorded && link(incoming.path, path) == 0 || rename(incoming.path, path) == 0
      else { throw FileSystem.failure("rename", incoming.path) }
      onStep(.fileRenamed)
    }
    try FileSystem.syncFolder(of: path)
    try FileSystem.syncFolder(of: path.folder)
    onStep(.folderSynced)
    return digest
  }

  /// Returns the digest of a file's bytes; nil if the file cannot be read.
  package static func digest(ofFileAt path: FilePath) -> Digest? {
    var hash = RunningDigest()
    guard (try? hash.updateWithFile(at: path)) != nil else { return nil }
    return hash.value
  }
}

extension Library {
  /// The library's image files.
  package var images: ImageStore { ImageStore(folder: folder, onStep: onStep) }
}
