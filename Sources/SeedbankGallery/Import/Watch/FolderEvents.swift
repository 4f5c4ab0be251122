import FilePaths
import Platform
import Synchronization

/// Reports changes in folders: inotify(7) with a blocking wait that can be ended.
final class FolderEvents: Sendable {
  /// The changes in a period.
  struct Batch: Sendable {
    /// Files that were closed after writing, moved in or linked, and folders that are new.
    var paths: Set<FilePath> = []
    /// Events were lost, so that only a scan shows what is new.
    var needsScan = false
    /// The watched folder no longer exists.
    var isOver = false
  }

  private struct State {
    /// The watched folders, each by one of its names.
    var folders: [Int32: FilePath] = [:]
    /// The folder that was named, and the number of its watch.
    var root: (number: Int32, path: FilePath)?
  }

  /// Adds a watch of a folder to an inotify descriptor; negative, with `errno` set, if it fails.
  typealias WatchAdding = @Sendable (Int32, FilePath, UInt32) -> Int32

  /// inotify_add_watch(2).
  static let addingWatch: WatchAdding = { descriptor, folder, mask in
    folder.withCString { inotify_add_watch(descriptor, $0, mask) }
  }

  private let adding: WatchAdding
  private let descriptor: Int32
  /// The end of a pipe that is readable once `stop` was called, and the end that `stop` writes to.
  private let stopped: Int32
  private let stopping: Int32
  private let state = Mutex(State())

  /// The events of one folder.
  ///
  /// A file is reported when its writer closes it or when it is moved into the folder. A linked
  /// file is only created.
  private static let mask =
    UInt32(
      IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF
        | IN_EXCL_UNLINK) | UInt32(IN_ONLYDIR)

  /// - Parameter adding: adds the watches; tests replace it to fail.
  /// - Throws: `ImportWatchError`.
  init(adding: @escaping WatchAdding = FolderEvents.addingWatch) throws(ImportWatchError) {
    self.adding = adding
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { throw ImportWatchError.system(errno: errno) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      let code = errno
      close(descriptor)
      throw ImportWatchError.system(errno: code)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (stopped, stopping) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(stopped)
    close(stopping)
  }

  /// The number of watched folders.
  var count: Int { state.withLock { $0.folders.count } }

  private var hasRoot: Bool { state.withLock { $0.root != nil } }

  /// Watches a folder without its subfolders.
  ///
  /// The first one is the root. If links lead to a folder, all its names have the same watch. The name that is
  /// reported is one that leads to the folder, and one without a link if it was watched by such a name.
  ///
  /// - Returns: false if the folder is watched already and is reported by another name.
  /// - Throws: `ImportWatchError`. A folder that no longer exists is not an error. Neither is a subfolder that
  ///   may not be read.
  @discardableResult
  func watch(_ folder: FilePath) throws(ImportWatchError) -> Bool {
    let number = adding(descriptor, folder, Self.mask)
    if number < 0 {
      let code = errno
      switch code {
      case ENOENT, ENOTDIR: return true
      case EACCES where hasRoot: return true
      case ENOSPC: throw .tooManyFolders(watched: count)
      default: throw .system(errno: code)
      }
    }
    return state.withLock { state in
      let root = state.root ?? (number: number, path: folder)
      state.root = root
      if let known = state.folders[number], known != folder {
        // The events of the root must always have the name that was given.
        guard number != root.number, Self.mustReplace(known, with: folder, below: root.path) else {
          return false
        }
      }
      state.folders[number] = folder
      return true
    }
  }

  /// Whether another name of a folder must replace the known one.
  ///
  /// A link can be removed or lead elsewhere while the folder remains. So a name without a link is preferred.
  private static func mustReplace(
    _ known: FilePath, with name: FilePath, below root: FilePath
  ) -> Bool {
    var old = stat()
    var new = stat()
    guard stat(name, &new) == 0 else { return false }
    guard stat(known, &old) == 0, old.st_dev == new.st_dev, old.st_ino == new.st_ino else {
      return true
    }
    return hasLink(known, below: root) && !hasLink(name, below: root)
  }

  /// Whether a part of the path below the root is a symbolic link.
  private static func hasLink(_ path: FilePath, below root: FilePath) -> Bool {
    guard path.isInside(root), let target = realpath(path), let start = realpath(root) else {
      return true
    }
    return target.bytes != start.bytes + path.bytes.dropFirst(root.bytes.count)
  }

  /// Ends the current wait and all later ones.
  func stop() {
    var mark: UInt8 = 1
    _ = write(stopping, &mark, 1)
  }

  /// Waits for a change and then until `quiet` milliseconds pass without another one, for `longest` at
  /// most.
  ///
  /// - Returns: nil if `stop` was called.
  func wait(quiet: Int32, longest: Int32, most: Int) -> Batch? {
    var batch = Batch()
    var timeout: Int32 = -1
    let start = Self.now()
    var began: Int64?
    while true {
      var polled = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stopped, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&polled, 2, timeout)
      if count < 0, errno == EINTR { continue }
      if polled[1].revents != 0 { return nil }
      if polled[0].revents != 0 { read(into: &batch) }
      let isEmpty = batch.paths.isEmpty && !batch.needsScan && !batch.isOver
      if isEmpty {
        timeout = -1
        continue
      }
      began = began ?? Self.now()
      let waited = Self.now() - (began ?? start)
      if count == 0 || batch.isOver || waited >= Int64(longest) || batch.paths.count >= most {
        return batch
      }
      timeout = quiet
    }
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private func read(into batch: inout Batch) {
    // A name has at most 255 bytes, so several events fit.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { buffer.deallocate() }
    let count = Platform.read(descriptor, buffer.baseAddress, buffer.count)
    guard count > 0 else { return }
    var offset = 0
    let header = MemoryLayout<inotify_event>.size
    while offset + header <= count {
      let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      let end = offset + header + Int(event.len)
      guard end <= count else { return }
      take(event, FilePath(bytes: buffer[(offset + header)..<end]), into: &batch)
      offset = end
    }
  }

  private func take(_ event: inotify_event, _ name: FilePath, into batch: inout Batch) {
    func has(_ flag: some BinaryInteger) -> Bool { event.mask & UInt32(flag) != 0 }
    if has(IN_Q_OVERFLOW) {
      batch.needsScan = true
      return
    }
    state.withLock { state in
      guard let folder = state.folders[event.wd] else { return }
      if has(IN_IGNORED) {
        state.folders[event.wd] = nil
        if event.wd == state.root?.number { batch.isOver = true }
        return
      }
      if has(IN_DELETE_SELF) || has(IN_MOVE_SELF) || has(IN_UNMOUNT) {
        if event.wd == state.root?.number { batch.isOver = true }
        return
      }
      let path = folder.appending(name)
      let isFolder = has(IN_ISDIR)
      if has(IN_MOVED_FROM) {
        // The item left the watched folder, so the watches of its subfolders are removed.
        if isFolder { forget(below: path, &state) }
        return
      }
      batch.paths.insert(path)
    }
  }

  private func forget(below path: FilePath, _ state: inout State) {
    for (number, folder) in state.folders where folder.isInside(path) {
      inotify_rm_watch(descriptor, number)
      state.folders[number] = nil
    }
  }
}
