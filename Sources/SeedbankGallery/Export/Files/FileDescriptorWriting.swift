import FilePaths
import Platform

/// Writes bytes to open files, with the errors of an export.
enum FileDescriptorWriting {
  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: FilePath
  ) throws(ExportError) {
    guard writeAll(bytes, to: descriptor) else { throw .failure("write", path, code: errno) }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, path: FilePath) throws(ExportError) {
    guard writeAll(bytes, to: descriptor) else { throw .failure("write", path, code: errno) }
  }
}
