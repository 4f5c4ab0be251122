import FilePaths
import Platform

/// Writes a file under a draft's name, in large pieces.
final class DraftWriter {
  let path: FilePath
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let full = 1 << 16

  init(path: FilePath) throws(ExportError) {
    self.path = path
    descriptor = try FileCopying.create(path)
    buffer.reserveCapacity(Self.full)
  }

  deinit { close(descriptor) }

  func write(_ bytes: some Collection<UInt8>) throws(ExportError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.full { try flush() }
  }

  func write(_ text: String) throws(ExportError) { try write(text.utf8) }

  /// Writes the buffered bytes.
  func flush() throws(ExportError) {
    try FileDescriptorWriting.write(buffer, to: descriptor, path: path)
    buffer.removeAll(keepingCapacity: true)
  }
}
