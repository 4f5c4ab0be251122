import Glibc

/// Paths as people type them.
enum Path {
  /// The path from the root; links and `..` are left to the system.
  static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let buffer = getcwd(nil, 0) else { return path }
    defer { free(buffer) }
    let folder = String(cString: buffer)
    return path == "." ? folder : (folder == "/" ? "/" : folder + "/") + path
  }

  /// A leading `~/` is the home folder, as in files that no shell reads.
  static func expanded(_ path: String, home: String) -> String {
    path.hasPrefix("~/") ? home + path.dropFirst(1) : path
  }
}
