package import Platform

extension stat {
  package var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
  package var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  package var isSymbolicLink: Bool { st_mode & S_IFMT == S_IFLNK }
}

extension FilePath {
  /// Whether a regular file, or a symbolic link to one, is at the path.
  package var isRegularFile: Bool {
    var status = stat()
    return stat(self, &status) == 0 && status.isRegularFile
  }

  /// Whether a folder, or a symbolic link to one, is at the path.
  package var isFolder: Bool {
    var status = stat()
    return stat(self, &status) == 0 && status.isFolder
  }
}
