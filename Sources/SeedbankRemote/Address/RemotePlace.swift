import FilePaths
import Platform
public import SeedbankStorage

/// Where a remote can be created.
///
/// In the folder of a library, both would have files in `images` and `thumbnails`, and a repair of the library would
/// remove those of the remote.
enum RemotePlace {
  /// Checks that a folder is not that of a library, nor inside it.
  ///
  /// - Parameter library: a library that may not exist yet.
  static func check(_ folder: FilePath, for library: LibraryFolder? = nil) throws(RemoteError) {
    let resolved = CanonicalPath.resolveNearest(folder)
    if let path = library?.path, resolved.isInside(CanonicalPath.resolveNearest(path)) {
      throw .insideLibrary(folder, library: path)
    }
    var parent = resolved
    while true {
      if access(LibraryFolder(path: parent).catalog, F_OK) == 0 {
        throw .insideLibrary(folder, library: parent)
      }
      guard parent.folder != parent else { return }
      parent = parent.folder
    }
  }
}

extension RemoteAddress {
  /// Checks that a remote can be created at the address: not in a folder of a library.
  ///
  /// - Parameter library: the library that the remote is for; it may not exist yet.
  /// - Throws: `RemoteError.insideLibrary`.
  public func checkPlace(for library: LibraryFolder) throws(RemoteError) {
    guard case .folder(let path) = self else { return }
    try RemotePlace.check(path, for: library)
  }
}

extension FolderStore {
  func checkPlace() async throws {
    try await BlockingWork.run { [root] in try RemotePlace.check(root) }
  }
}
