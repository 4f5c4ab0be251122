/// How an image's bytes come into the export's folder.
public enum LinkMode: String, CaseIterable, Sendable {
  /// Bytes of their own.
  case copy
  /// A second name for the library's file: no space, same file system only.
  case hard
  /// A signpost to the library's file, by its absolute path.
  case symlink
  /// A copy that shares its blocks until one is changed (Btrfs, XFS, bcachefs, ZFS).
  case reflink

  /// Whether the exported name leads to the library's own bytes, so that nothing may be put in them.
  var sharesFile: Bool { self == .hard || self == .symlink }
}
