package import Platform

// The system's calls by their own names, for paths of bytes. `errno` is theirs.

/// `open(2)` without a mode.
package func open(_ path: FilePath, _ flags: Int32) -> Int32 {
  path.withCString { Platform.open($0, flags) }
}

/// `open(2)` with the mode of a new file.
package func open(_ path: FilePath, _ flags: Int32, _ mode: mode_t) -> Int32 {
  path.withCString { Platform.open($0, flags, mode) }
}

/// `fopen(3)`.
package func fopen(_ path: FilePath, _ mode: String) -> UnsafeMutablePointer<FILE>? {
  path.withCString { Platform.fopen($0, mode) }
}

/// `opendir(3)`.
package func opendir(_ path: FilePath) -> OpaquePointer? {
  path.withCString { Platform.opendir($0) }
}

/// `stat(2)`.
package func stat(_ path: FilePath, _ status: inout stat) -> Int32 {
  path.withCString { stat($0, &status) }
}

/// `lstat(2)`.
package func lstat(_ path: FilePath, _ status: inout stat) -> Int32 {
  path.withCString { Platform.lstat($0, &status) }
}

/// `statvfs(3)`.
package func statvfs(_ path: FilePath, _ status: inout statvfs) -> Int32 {
  path.withCString { statvfs($0, &status) }
}

/// `access(2)`.
package func access(_ path: FilePath, _ mode: Int32) -> Int32 {
  path.withCString { Platform.access($0, mode) }
}

/// `chmod(2)`.
package func chmod(_ path: FilePath, _ mode: mode_t) -> Int32 {
  path.withCString { Platform.chmod($0, mode) }
}

/// `mkdir(2)`.
package func mkdir(_ path: FilePath, _ mode: mode_t) -> Int32 {
  path.withCString { Platform.mkdir($0, mode) }
}

/// `rmdir(2)`.
package func rmdir(_ path: FilePath) -> Int32 { path.withCString { Platform.rmdir($0) } }

/// `unlink(2)`.
@discardableResult
package func unlink(_ path: FilePath) -> Int32 { path.withCString { Platform.unlink($0) } }

/// `rename(2)`.
package func rename(_ path: FilePath, _ target: FilePath) -> Int32 {
  path.withCString { path in target.withCString { Platform.rename(path, $0) } }
}

/// `link(2)`.
package func link(_ path: FilePath, _ name: FilePath) -> Int32 {
  path.withCString { path in name.withCString { Platform.link(path, $0) } }
}

/// Makes a hard link; a symbolic link at `path` is followed.
package func linkFollowing(_ path: FilePath, _ name: FilePath) -> Int32 {
  path.withCString { path in
    name.withCString { linkat(AT_FDCWD, path, AT_FDCWD, $0, AT_SYMLINK_FOLLOW) }
  }
}

/// `symlink(2)`.
package func symlink(_ target: FilePath, _ name: FilePath) -> Int32 {
  target.withCString { target in name.withCString { Platform.symlink(target, $0) } }
}

/// The path with its links followed, or nil if nothing is there.
package func realpath(_ path: FilePath) -> FilePath? {
  path.withCString { path in
    guard let resolved = Platform.realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return FilePath(cString: resolved)
  }
}

extension FilePath {
  /// The name of a folder's entry.
  package init(nameOf entry: UnsafeMutablePointer<dirent>) {
    self = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { FilePath(cString: $0) }
    }
  }
}
