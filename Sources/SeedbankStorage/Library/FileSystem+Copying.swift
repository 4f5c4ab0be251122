package import FilePaths
import Platform

extension FileSystem {
  /// Writes all of `bytes`, also if the system accepts only some at a time.
  package static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: FilePath
  ) throws {
    guard writeAll(bytes, to: descriptor) else { throw failure("write", path) }
  }

  /// Makes `copy` share the disk blocks of `path`, if the file system supports it.
  static func clone(_ path: FilePath, to copy: FilePath) throws {
    // FICLONE of ioctl_ficlone(2): the header has it as a macro that Swift does not see.
    let shareBlocks: UInt = 0x4004_9409
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw failure("open", path) }
    defer { close(source) }
    let target = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o444)
    guard target >= 0 else { throw failure("create", copy) }
    defer { close(target) }
    guard ioctl(target, shareBlocks, source) == 0 else {
      throw failure("share the blocks of", path)
    }
  }
}
