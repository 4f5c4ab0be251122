/// How the image files are created in the export's folder.
public enum LinkMode: String, CaseIterable, Sendable {
  /// A copy.
  case copy
  /// A hard link to the library's file. It needs no space, and works only on the same file system.
  case hard
  /// A symbolic link to the library's file, with its absolute path.
  case symlink
  /// A copy that shares its blocks until one is changed (Btrfs, XFS, bcachefs, ZFS).
  case reflink

  /// Whether the exported file shares its bytes with the library, so that they must not be changed.
  var sharesFile: Bool { self == .hard || self == .symlink }
}
