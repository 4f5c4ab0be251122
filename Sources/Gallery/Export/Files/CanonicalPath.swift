import Glibc

/// Paths with their links followed.
enum CanonicalPath {
  /// The path of what is there, or nil.
  static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The same for a path whose last parts need not be there yet.
  static func resolveNearest(_ path: String) -> String {
    if let resolved = resolve(path) { return resolved }
    guard let slash = path.lastIndex(of: "/") else {
      return (resolve(".") ?? "") + "/" + path
    }
    let parent = slash == path.startIndex ? "/" : resolveNearest(String(path[..<slash]))
    return (parent == "/" ? "" : parent) + "/" + path[path.index(after: slash)...]
  }
}
