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

  /// The path from the root, of an argument or option with this name.
  ///
  /// - Throws: `Failure` of status 64 for an empty path, which would mean the current folder.
  static func absolute(_ text: String, of name: String) throws -> FilePath {
    guard !text.isEmpty else {
      throw Failure(
        .usage, "the path of \(name) is empty", hint: "the current folder is written as a dot: .")
    }
    return absolute(text)
  }

  /// A leading `~/` is the home folder, for files that a shell does not expand.
  static func expanded(_ path: String, home: String) -> String {
    path.hasPrefix("~/") ? home + path.dropFirst(1) : path
  }
}
