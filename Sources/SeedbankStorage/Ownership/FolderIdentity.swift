internal import CFileSystem
import FilePaths
import Platform

/// Which file on which file system: a rename keeps it, a copy does not.
struct FolderIdentity: Hashable, Sendable {
  let inode: Int64
  /// When the file was made, in nanoseconds since 1970; nil if the file system does not record it.
  let birth: Int64?
  /// The UUID of the file system; nil if the kernel does not provide it.
  let volume: [UInt8]?
  /// `f_fsid` of statfs(2); 0 if the file system has none.
  ///
  /// It differs between snapshots of one volume, and on some file systems after a restart.
  let fileSystem: Int64
  /// The inode of the folder, which distinguishes two hard links of the file.
  let folder: Int64
}

/// The mark that a folder contains.
///
/// No file is opened to find it, because the process may have reached its limit of open files.
struct FoundMark: Sendable {
  private let path: FilePath
  private let inode: Int64
  private let birth: Int64?
  private let fileSystem: Int64
  private let folder: Int64
  private let links: Int
  /// False if inodes change with each mount.
  private let hasStableInodes: Bool
  /// Whether parts of the file system can be cloned with all inodes.
  private let hasSnapshots: Bool

  /// - Returns: nil if the file does not exist or cannot be examined.
  init?(path: FilePath, folder: FilePath) {
    var file = stat()
    var parent = stat()
    var system = statfs()
    guard lstat(path, &file) == 0, stat(folder, &parent) == 0,
      path.withCString({ statfs($0, &system) }) == 0,
      file.isRegularFile
    else { return nil }
    self.path = path
    inode = Int64(bitPattern: UInt64(file.st_ino))
    birth = Self.birth(path)
    links = Int(file.st_nlink)
    self.folder = Int64(bitPattern: UInt64(parent.st_ino))
    let (high, low) = system.f_fsid.__val
    fileSystem = Int64(high) << 32 | Int64(UInt32(bitPattern: low))
    hasStableInodes = !Self.withoutStableInodes.contains(Int64(system.f_type))
    hasSnapshots = Self.withSnapshots.contains(Int64(system.f_type))
  }

  var identity: FolderIdentity {
    FolderIdentity(
      inode: inode, birth: birth, volume: volume, fileSystem: fileSystem, folder: folder)
  }

  /// Whether the mark is the file that was recorded.
  ///
  /// Device numbers are not compared: they change with a restart.
  func isMark(of recorded: FolderIdentity) -> Bool {
    if let then = recorded.birth, let birth, then != birth { return false }
    if recorded.inode != inode, hasStableInodes || birth == nil { return false }
    guard links == 1 || recorded.folder == folder else { return false }
    if recorded.fileSystem == fileSystem, fileSystem != 0 { return true }
    // Some file systems number themselves by their device; their UUID stays.
    let isNumberKnown = recorded.fileSystem != 0 && fileSystem != 0
    if isNumberKnown, hasSnapshots { return false }
    guard let then = recorded.volume, let volume else { return !isNumberKnown }
    return then == volume
  }

  /// FAT, exFAT and FUSE.
  private static let withoutStableInodes: Set<Int64> = [0x4D44, 0x2011_BAB0, 0x6573_5546]
  /// Btrfs, whose subvolumes have a UUID in common, and bcachefs.
  private static let withSnapshots: Set<Int64> = [0x9123_683E, 0xCA45_1A4E]

  private static func birth(_ path: FilePath) -> Int64? {
    var status = statx()
    // AT_FDCWD, AT_SYMLINK_NOFOLLOW and STATX_BTIME of statx(2): the header has macros.
    guard path.withCString({ statx(AT_FDCWD, $0, 0x100, 0x800, &status) }) == 0,
      status.stx_mask & 0x800 != 0,
      status.stx_btime.tv_sec != 0
    else { return nil }
    return status.stx_btime.tv_sec &* 1_000_000_000 &+ Int64(status.stx_btime.tv_nsec)
  }

  private var volume: [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // FS_IOC_GETFSUUID of linux/fs.h: one byte of length, then the UUID.
    var answer = [UInt8](repeating: 0, count: 17)
    let count = answer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress, ioctl(descriptor, 0x8011_1500, start) == 0 else {
        return 0
      }
      return Int(bytes[0])
    }
    return (1...16).contains(count) ? Array(answer[1...count]) : nil
  }
}
