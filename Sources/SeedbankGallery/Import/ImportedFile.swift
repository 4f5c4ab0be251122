import FilePaths
import Platform
import SeedbankImaging
import SeedbankStorage

/// The bytes of a file, and whether it changed while they were read.
struct ImportedFile {
  let bytes: [UInt8]
  let identity: FileIdentity

  enum Failure: Error, Hashable {
    case unreadable(errno: Int32)
    case tooLarge(bytes: Int64, limit: Int)
    /// It was written to while it was read.
    case changed
    /// Its first bytes are not those of a known image format. The rest was not read.
    case notAnImage(OtherFormat?)
    /// It became a named pipe, a device or another special file after it was found.
    case special(SpecialFile)
  }

  /// Reads the whole file.
  ///
  /// With a check for images, it is read only if it starts like an image.
  static func read(
    _ path: FilePath, limit: Int, anyKind: Bool = false
  ) throws(Failure) -> ImportedFile {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(errno: errno) }
    defer { close(descriptor) }
    try checkKind(of: descriptor)
    let before = try identity(of: descriptor)
    let signature = try bytes(descriptor, count: ImageFormat.signatureLength)
    guard anyKind || ImageFormat(sniffing: signature) != nil else {
      throw .notAnImage(OtherFormat(signature))
    }
    guard before.size <= limit else { throw .tooLarge(bytes: before.size, limit: limit) }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .unreadable(errno: errno) }
    // One byte more than expected shows that the file grew.
    let bytes = try bytes(descriptor, count: Int(before.size) + 1)
    let after = try identity(of: descriptor)
    guard bytes.count == Int(before.size), after == before else { throw .changed }
    return ImportedFile(bytes: bytes, identity: before)
  }

  private static func checkKind(of descriptor: Int32) throws(Failure) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
    guard status.isRegularFile else { throw .special(SpecialFile(status.st_mode)) }
  }

  private static func identity(of descriptor: Int32) throws(Failure) -> FileIdentity {
    guard let identity = FileIdentity(descriptor: descriptor) else {
      throw .unreadable(errno: errno)
    }
    return identity
  }

  /// Reads at most `count` bytes from the current position.
  private static func bytes(_ descriptor: Int32, count wanted: Int) throws(Failure) -> [UInt8] {
    guard let bytes = readBytes(of: descriptor, count: wanted) else {
      throw .unreadable(errno: errno)
    }
    return bytes
  }
}
