import FilePaths
import Glibc

/// Writes all bytes, also if the system accepts only some of them at a time.
enum FileDescriptorWriting {
  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: FilePath
  ) throws(ExportError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .failure("write", path, code: count < 0 ? errno : EIO) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, path: FilePath) throws(ExportError) {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(ExportError) in try write(bytes, to: descriptor, path: path) }
    }
    try result.get()
  }
}
