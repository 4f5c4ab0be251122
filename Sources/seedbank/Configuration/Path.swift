import FilePaths
import Platform

/// Typed paths.
enum Path {
  /// The path that was typed, byte by byte.
  static func typed(_ text: String) -> FilePath { FilePath(bytes: RawText.bytes(of: text)) }

  /// The path from the root; links and `..` are left to the system.
  static func absolute(_ text: String) -> FilePath {
    let path = typed(text)
    if path.isAbsolute { return path }
    guard let buffer = getcwd(nil, 0) else { return path }
    defer { free(buffer) }
    let folder = FilePath(cString: buffer)
    return path == FilePath(".") ? folder : folder.appending(path)
  }

  /// A leading `~/` is the home folder, for files that a shell does not expand.
  static func expanded(_ path: String, home: String) -> String {
    path.hasPrefix("~/") ? home + path.dropFirst(1) : path
  }
}
