import FilePaths
import Platform
package import SeedbankModel

/// The generations on which processes work.
///
/// A claim is a lock of the operating system on one byte of `claims.lock`, at the generation's id.
/// The kernel removes it when its process ends in any way. So no clock decides whether a process
/// still runs.
package struct Claims: Sendable {
  private let file: LockFile

  init(folder: LibraryFolder) throws { file = try LockFile(path: folder.claims) }

  /// Claims the generation; returns nil if another process is working on it.
  ///
  /// The lock does not work within one process. There, one engine gives each generation to one
  /// worker only.
  package func claim(_ id: GenerationID) throws -> Claim? {
    try file.lock(offset: id.rawValue) ? Claim(file: file, offset: id.rawValue) : nil
  }
}

/// A generation, or the image store, held by this process until the value goes away.
package final class Claim: Sendable {
  private let file: LockFile
  private let offset: Int64

  fileprivate init(file: LockFile, offset: Int64) {
    self.file = file
    self.offset = offset
  }

  deinit { file.unlock(offset: offset) }
}

/// An open file whose byte ranges can be locked for the open file description.
final class LockFile: Sendable {
  /// `F_OFD_SETLK` and `F_OFD_SETLKW` of fcntl(2), which Swift does not see: the header has macros.
  private static let setLock: Int32 = 37
  private static let setLockWaiting: Int32 = 38
  private let descriptor: Int32
  private let path: FilePath

  init(path: FilePath) throws {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileSystem.failure("open", path) }
  }

  deinit { close(descriptor) }

  @discardableResult
  func lock(offset: Int64, isShared: Bool = false, waiting: Bool = false) throws -> Bool {
    var range = Self.range(isShared ? F_RDLCK : F_WRLCK, offset)
    let command = waiting ? Self.setLockWaiting : Self.setLock
    while fcntl(descriptor, command, &range) != 0 {
      switch errno {
      case EINTR: continue
      case EAGAIN, EACCES: return false
      default: throw FileSystem.failure("lock", path)
      }
    }
    return true
  }

  func unlock(offset: Int64) {
    var range = Self.range(F_UNLCK, offset)
    _ = fcntl(descriptor, Self.setLock, &range)
  }

  private static func range(_ kind: Int32, _ offset: Int64) -> flock {
    var range = flock()
    range.l_type = Int16(kind)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = off_t(offset)
    range.l_len = 1
    return range
  }
}

/// A use of the image store that other processes must not disturb.
package enum StoreUse: Sendable {
  /// Files get their names before their rows are committed; several processes may do this at the
  /// same time.
  case adding
  /// Files are checked or removed by comparing them with rows, so no file may be without its row
  /// meanwhile.
  case judging
}

extension Library {
  /// Claims the image store, blocking the thread while others use it in a way that does not go with
  /// this one.
  ///
  /// A task must not call it: a blocked thread of the cooperative pool stops other tasks too. See
  /// ``claimStore(for:pausing:isStopped:)``.
  /// - Throws: `LibraryError`.
  package func claimStore(for use: StoreUse) throws -> Claim {
    let file = try LockFile(path: folder.claims)
    try file.lock(offset: Self.storeByte, isShared: use == .adding, waiting: true)
    return Claim(file: file, offset: Self.storeByte)
  }

  /// Claims the image store, trying again while others use it in a way that does not go with this one.
  ///
  /// - Parameters:
  ///   - pause: waits for the given time, without blocking a thread.
  ///   - isStopped: whether to give up, asked between two attempts.
  /// - Returns: nil if it was stopped.
  /// - Throws: `LibraryError`.
  package func claimStore(
    for use: StoreUse, pausing pause: @Sendable (Duration) async -> Void,
    isStopped: @Sendable () -> Bool
  ) async throws -> Claim? {
    var length: Duration = .milliseconds(5)
    while true {
      if let claim = try tryClaimStore(for: use) { return claim }
      guard !isStopped() else { return nil }
      await pause(length)
      length = min(length * 2, .milliseconds(250))
    }
  }

  /// Claims the image store, or returns nil while others use it in a way that does not go with this
  /// one.
  ///
  /// - Throws: `LibraryError`.
  package func tryClaimStore(for use: StoreUse) throws -> Claim? {
    // A separate open file, because the system does not distinguish two claims through one open
    // file.
    let file = try LockFile(path: folder.claims)
    let isClaimed = try file.lock(offset: Self.storeByte, isShared: use == .adding)
    return isClaimed ? Claim(file: file, offset: Self.storeByte) : nil
  }

  /// Claims the right to push, or returns nil while another push of this library runs.
  ///
  /// Two at the same time would use one counter twice.
  ///
  /// - Throws: `LibraryError`.
  package func tryClaimPush() throws -> Claim? {
    let file = try LockFile(path: folder.claims)
    return try file.lock(offset: Self.pushByte) ? Claim(file: file, offset: Self.pushByte) : nil
  }

  /// Generations are numbered from 1, so the first byte is free for the store.
  private static var storeByte: Int64 { 0 }
  /// A byte that no generation has.
  private static var pushByte: Int64 { .max - 1 }

  /// The claims of this library; one value serves a whole process.
  package func claims() throws -> Claims { try Claims(folder: folder) }
}
