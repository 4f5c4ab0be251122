import FilePaths
import Glibc

/// Paths with their links followed.
enum CanonicalPath {
  /// The path with its links followed; the last parts need not exist yet.
  static func resolveNearest(_ path: FilePath) -> FilePath {
    if let resolved = realpath(path) { return resolved }
    let parent = path.folder
    // Neither the root nor the working folder has a part that could be cut off.
    guard parent != path else { return path }
    return resolveNearest(parent).appending(path.name)
  }
}
