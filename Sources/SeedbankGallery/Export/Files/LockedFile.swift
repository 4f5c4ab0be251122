import Platform

/// An open file with an exclusive lock (`flock(2)`).
///
/// It is unlocked and closed when it is released.
///
/// Closing alone is not enough: the lock belongs to the open file description, and a process that is
/// just being started still has a copy of the descriptor until its program is loaded. A second export
/// in that moment would find the folder in use.
struct LockedFile: ~Copyable, Sendable {
  let descriptor: Int32

  /// Takes over an open descriptor; closes it and returns nil if another process holds the lock.
  init?(_ descriptor: Int32) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit {
    _ = flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
