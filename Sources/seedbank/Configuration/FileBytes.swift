import FilePaths
import Platform

/// Reads whole files.
enum FileBytes {
  /// The bytes of the file, or nil if it does not exist.
  /// - Throws: `Failure` of status 78 if it cannot be read or is larger than `limit` bytes.
  static func read(_ path: FilePath, limit: Int) throws -> [UInt8]? {
    do throws(Fault) {
      return try contents(of: path, limit: limit)
    } catch {
      switch error {
      case .unreadable(ENOENT), .unreadable(ENOTDIR): return nil
      case .unreadable(let code):
        throw Failure(
          .notConfigured, "\(path) cannot be read: \(systemErrorText(code))",
          hint: "check its permissions with `ls -l \(ShellWord.quoted(path))`")
      case .tooLarge:
        throw Failure(.notConfigured, "\(path) is too large for a config file")
      }
    }
  }

  private enum Fault: Error {
    /// With the `errno` of the call that failed.
    case unreadable(Int32)
    /// More than the limit.
    case tooLarge
  }

  private static func contents(of path: FilePath, limit: Int) throws(Fault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(errno) }
    defer { close(descriptor) }
    guard let bytes = readToEnd(of: descriptor, limit: limit) else { throw .unreadable(errno) }
    guard bytes.count <= limit else { throw .tooLarge }
    return bytes
  }
}
