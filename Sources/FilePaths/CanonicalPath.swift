/// Resolves symbolic links in paths.
package enum CanonicalPath {
  /// The path without symbolic links.
  ///
  /// Its last parts may not exist yet.
  package static func resolveNearest(_ path: FilePath) -> FilePath {
    if let resolved = realpath(path) { return resolved }
    let parent = path.folder
    // The root and the working folder have no last part.
    guard parent != path else { return path }
    return resolveNearest(parent).appending(path.name)
  }
}
