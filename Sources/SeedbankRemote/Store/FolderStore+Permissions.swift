import FilePaths
import Platform

extension FolderStore {
  /// Lets the group write to a new file or folder if it can write to the folder that contains it.
  ///
  /// Otherwise only the person who pushed first could push to a team's folder. If the system does not permit
  /// the change, the permissions stay as they are.
  static func shareWithGroup(_ path: FilePath) {
    var own = stat()
    var parent = stat()
    guard lstat(path, &own) == 0, stat(path.folder, &parent) == 0,
      parent.st_mode & 0o020 != 0, parent.st_gid == own.st_gid
    else { return }
    let present = own.st_mode & 0o7777
    let shared = present | (own.isFolder ? 0o070 : 0o060)
    if shared != present { _ = chmod(path, shared) }
  }
}
