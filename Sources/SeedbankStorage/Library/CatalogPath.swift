import FilePaths
import SeedbankModel

/// The form of a path for SQLite, which accepts paths as text.
enum CatalogPath {
  /// The path itself if it is UTF-8, else a URI, in which any byte can be written.
  static func connection(_ path: FilePath) -> String {
    // A path of ours is absolute, so it never begins with the `file:` of a URI.
    path.utf8 ?? uri(path)
  }

  /// The path as a `file:` URI (https://www.sqlite.org/uri.html).
  static func uri(_ path: FilePath) -> String {
    let unreserved = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    return path.bytes.reduce(into: "file://") { text, byte in
      if unreserved.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + Hex.string([byte])
      }
    }
  }
}
