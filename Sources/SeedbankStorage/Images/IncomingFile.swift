package import FilePaths
import Platform
import SeedbankModel
import SeedbankQuery
import Synchronization

/// A file in `incoming/` to which bytes are written; its digest is computed at the same time.
package final class IncomingFile: Sendable {
  /// The path.
  package let path: FilePath
  private let state: Mutex<State>

  private struct State {
    var descriptor: Int32
    var size: Int64
    var hash: RunningDigest
  }

  /// Opens the file for appending; bytes that it already has are read back into the digest.
  init(path: FilePath) throws {
    self.path = path
    var hash = RunningDigest()
    let size = FileSystem.exists(path) ? try hash.updateWithFile(at: path) : 0
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileSystem.failure("create", path) }
    state = Mutex(State(descriptor: descriptor, size: size, hash: hash))
  }

  /// Opens a sealed file for reading: a write to it fails.
  init(sealed path: FilePath) throws {
    self.path = path
    var hash = RunningDigest()
    let size = try hash.updateWithFile(at: path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure("open", path) }
    state = Mutex(State(descriptor: descriptor, size: size, hash: hash))
  }

  /// Returns whether a file is complete and checked, which is recorded by removing its write
  /// permission.
  static func isSealed(_ path: FilePath) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.isRegularFile
      && status.st_mode & 0o222 == 0
  }

  deinit {
    state.withLock { state in
      if state.descriptor >= 0 { close(state.descriptor) }
    }
  }

  /// How many bytes it holds.
  package var size: Int64 { state.withLock(\.size) }

  /// Appends `bytes`.
  ///
  /// - Throws: `LibraryError.full` if the disk is full, otherwise `.inputOutput`.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    try state.withLock { state in
      var rest = bytes
      while !rest.isEmpty {
        let count = write(state.descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw FileSystem.failure("write", path) }
        // Hashed piece by piece, so that size, digest and file agree even when the disk fills up.
        state.hash.update(UnsafeRawBufferPointer(rebasing: rest[..<count]))
        state.size += Int64(count)
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }

  /// Removes the content and starts again.
  package func restart() throws {
    try state.withLock { state in
      guard ftruncate(state.descriptor, 0) == 0 else { throw FileSystem.failure("truncate", path) }
      state.size = 0
      state.hash = RunningDigest()
    }
  }

  /// Closes and removes it.
  package func discard() {
    state.withLock { state in
      if state.descriptor >= 0 { close(state.descriptor) }
      state.descriptor = -1
    }
    forgetOrigin()
    FileSystem.removeIfPresent(path)
  }

  /// Writes the bytes to the disk, seals the file and returns the digest.
  func finish() throws -> Digest {
    try state.withLock { state in
      guard fsync(state.descriptor) == 0 else { throw FileSystem.failure("sync", path) }
      guard fchmod(state.descriptor, 0o444) == 0 else {
        throw FileSystem.failure("seal", path)
      }
      return state.hash.value
    }
  }
}
