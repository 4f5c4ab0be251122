import FilePaths
import Glibc

/// What stands at a path.
enum FileKind {
  static func isFile(_ path: FilePath) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  static func isThere(_ path: FilePath) -> Bool { access(path, F_OK) == 0 }
}
