import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// The kind of the entry at a path.
enum FileKind {
  /// Whether a name has an image extension.
  static func isPictureName(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return false }
    let end = name[name.index(after: dot)...].lowercased()
    return ["jpeg", "tif", "heif"].contains(end) || ImageKind(fileExtension: end) != nil
  }

  static func isThere(_ path: FilePath) -> Bool { access(path, F_OK) == 0 }
}
