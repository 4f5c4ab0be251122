import Glibc

/// A file's bytes and what tells whether it stayed the same while they were read.
struct ImportedFile {
  let bytes: [UInt8]
  /// When it was last written, milliseconds since 1970.
  let modified: Int64

  enum Failure: Error, Hashable {
    case unreadable(errno: Int32)
    case tooLarge(bytes: Int64)
    /// It was written to while it was read.
    case changed
  }

  /// Reads the whole file.
  static func read(_ path: String, limit: Int) throws(Failure) -> ImportedFile {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(errno: errno) }
    defer { close(descriptor) }
    let before = try facts(descriptor)
    guard before.size <= limit else { throw .tooLarge(bytes: Int64(before.size)) }
    var code: Int32 = 0
    // One byte more than it should have shows a file that grew.
    let bytes = [UInt8](unsafeUninitializedCapacity: before.size + 1) { buffer, count in
      while count < buffer.count {
        let got = Glibc.read(
          descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        guard got > 0 else { return }
        count += got
      }
    }
    guard code == 0 else { throw .unreadable(errno: code) }
    let after = try facts(descriptor)
    guard bytes.count == before.size, after == before else { throw .changed }
    return ImportedFile(bytes: bytes, modified: before.modifiedNanoseconds / 1_000_000)
  }

  private struct Facts: Equatable {
    let size: Int
    let modifiedNanoseconds: Int64
  }

  private static func facts(_ descriptor: Int32) throws(Failure) -> Facts {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    return Facts(
      size: Int(status.st_size),
      modifiedNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000
        + Int64(status.st_mtim.tv_nsec))
  }
}
