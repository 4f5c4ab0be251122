import FilePaths
import Platform

/// Where the write-ahead log of a library ends, according to the memory that its processes share.
///
/// A command that was killed while it committed can leave frames after this end. No process has read them, and the
/// next commits overwrite them.
///
/// The format is section 2.1 of https://www.sqlite.org/walformat.html.
public struct LogEnd: Hashable, Sendable {
  /// The number of frames that are in use.
  let frames: Int
  /// Of the log whose end this is.
  let salt: [UInt8]

  init(frames: Int, salt: [UInt8]) {
    self.frames = frames
    self.salt = salt
  }

  /// Reads the end; nil if it is not known.
  ///
  /// It must be called before this process opens the library. Opening it can replace the end, and closing the file
  /// here would remove the locks that the process has on it.
  public init?(beforeOpening folder: LibraryFolder) {
    let descriptor = open(folder.catalog + "-shm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let size = 48
    guard let bytes = readBytes(of: descriptor, count: 2 * size), bytes.count == 2 * size else {
      return nil
    }
    let isComplete = bytes[12] != 0
    // A process that writes the header writes one copy after the other.
    guard isComplete, Array(bytes[..<size]) == Array(bytes[size...]) else { return nil }
    let frames = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 16, as: UInt32.self) }
    self.init(frames: Int(frames), salt: Array(bytes[32..<40]))
  }
}
