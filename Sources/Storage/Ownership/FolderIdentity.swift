internal import CFileSystem
import FilePaths
import Glibc

/// Which file on which file system: a rename keeps it, a copy does not.
struct FolderIdentity: Hashable, Sendable {
  let inode: Int64
  /// When the file was made, in nanoseconds since 1970; nil if the file system does not record it.
  let birth: Int64?
  /// The UUID of the file system, which survives restarts; nil if the kernel does not tell it.
  let volume: [UInt8]?
  /// `f_fsid` of statfs(2); 0 if the file system has none. It differs between snapshots of one volume.
  let fileSystem: Int64
  /// The inode of the folder, which tells two hard links of the file apart.
  let folder: Int64

  /// Whether a file that is `found` later is the file that was recorded.
  ///
  /// Device numbers are not compared: they change with a restart.
  static func matches(recorded: FolderIdentity, found: FoundMark) -> Bool {
    let now = found.identity
    if let then = recorded.birth, let birth = now.birth, then != birth { return false }
    if recorded.inode != now.inode, found.hasStableInodes || now.birth == nil { return false }
    if let then = recorded.volume, let volume = now.volume, then != volume { return false }
    // A file system with a UUID may still number itself by its device, unless it has snapshots.
    let isVolumeKnown = recorded.volume != nil && now.volume != nil
    if !isVolumeKnown || found.hasSnapshots {
      let known = recorded.fileSystem != 0 && now.fileSystem != 0
      if known, recorded.fileSystem != now.fileSystem { return false }
    }
    return found.links == 1 || recorded.folder == now.folder
  }
}

/// The mark of a folder as it is found.
struct FoundMark: Sendable {
  let identity: FolderIdentity
  let links: Int
  /// False where inodes are numbered anew with each mount.
  let hasStableInodes: Bool
  /// Whether parts of the file system can be cloned with all inodes.
  let hasSnapshots: Bool

  /// - Returns: nil if the file does not exist or cannot be examined.
  init?(path: FilePath, folder: FilePath) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var file = stat()
    var parent = stat()
    var system = statfs()
    guard fstat(descriptor, &file) == 0, stat(folder, &parent) == 0,
      fstatfs(descriptor, &system) == 0, file.st_mode & S_IFMT == S_IFREG
    else { return nil }
    links = Int(file.st_nlink)
    hasStableInodes = !Self.withoutStableInodes.contains(Int64(system.f_type))
    hasSnapshots = Self.withSnapshots.contains(Int64(system.f_type))
    let (high, low) = system.f_fsid.__val
    identity = FolderIdentity(
      inode: Int64(bitPattern: UInt64(file.st_ino)), birth: Self.birth(descriptor),
      volume: Self.volume(descriptor),
      fileSystem: Int64(high) << 32 | Int64(UInt32(bitPattern: low)),
      folder: Int64(bitPattern: UInt64(parent.st_ino)))
  }

  /// FAT, exFAT and FUSE.
  private static let withoutStableInodes: Set<Int64> = [0x4D44, 0x2011_BAB0, 0x6573_5546]
  /// Btrfs, whose subvolumes have a UUID in common, and bcachefs.
  private static let withSnapshots: Set<Int64> = [0x9123_683E, 0xCA45_1A4E]

  private static func birth(_ descriptor: Int32) -> Int64? {
    var status = statx()
    // AT_EMPTY_PATH and STATX_BTIME of statx(2), which Swift does not see: the headers have macros.
    guard statx(descriptor, "", 0x1000, 0x800, &status) == 0, status.stx_mask & 0x800 != 0,
      status.stx_btime.tv_sec != 0
    else { return nil }
    return status.stx_btime.tv_sec &* 1_000_000_000 &+ Int64(status.stx_btime.tv_nsec)
  }

  private static func volume(_ descriptor: Int32) -> [UInt8]? {
    // FS_IOC_GETFSUUID of linux/fs.h: one byte of length, then the UUID.
    var answer = [UInt8](repeating: 0, count: 17)
    let count = answer.withUnsafeMutableBytes { bytes in
      ioctl(descriptor, 0x8011_1500, bytes.baseAddress!) == 0 ? Int(bytes[0]) : 0
    }
    guard (1...16).contains(count) else { return nil }
    return Array(answer[1...count])
  }
}
