import FilePaths
import Platform
import SeedbankModel

/// Writes a ZIP archive of uncompressed files.
///
/// Only the directory at the end of the archive grows in memory: about 150 bytes per file.
struct ZipWriter {
  private let descriptor: Int32
  private let path: FilePath
  private let limits: ZipLimits
  private var offset: UInt64 = 0
  private var count = 0
  private var directory: [UInt8] = []

  /// - Parameter descriptor: open for writing and seeking, empty; the caller closes it.
  init(descriptor: Int32, path: FilePath, limits: ZipLimits = ZipLimits()) {
    self.descriptor = descriptor
    self.path = path
    self.limits = limits
  }

  /// Adds the bytes as a file.
  mutating func add(
    _ bytes: [UInt8], as name: RelativePath, at time: Timestamp
  ) throws(ExportError) {
    var crc = CRC32()
    bytes.withUnsafeBytes { crc.update($0) }
    let entry = entry(name, time, size: UInt64(bytes.count), crc: crc.value)
    try write(header: entry)
    try FileDescriptorWriting.write(bytes, to: descriptor, path: path)
    offset += UInt64(bytes.count)
    close(entry)
  }

  /// Adds the content of an open file, in pieces of 256 KiB.
  mutating func add(
    contentsOf source: Int32, size: UInt64, as name: RelativePath, at time: Timestamp
  ) throws(ExportError) {
    var entry = entry(name, time, size: size, crc: 0)
    try write(header: entry)
    var crc = CRC32()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var rest = size
    while rest > 0 {
      let wanted = min(buffer.count, Int(clamping: rest))
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
      let got = readOnce(source, into: part)
      guard let got, got > 0 else {
        throw .inputOutput(
          operation: "read", path: FilePath(name.description), errno: got == nil ? errno : EIO)
      }
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<got])
      crc.update(piece)
      try write(piece)
      rest -= UInt64(got)
    }
    // The checksum is known only now. It is at offset 14 of the header.
    entry.crc = crc.value
    var sum = crc.value.littleEndian
    let written = pwrite(descriptor, &sum, 4, off_t(entry.offset) + 14)
    guard written == 4 else { throw .failure("write", path, code: written < 0 ? errno : EIO) }
    close(entry)
  }

  /// Writes the directory.
  ///
  /// Nothing can be added after it.
  mutating func finish() throws(ExportError) {
    let start = offset
    let size = UInt64(directory.count)
    let isLarge = count >= limits.count || start >= limits.size || size >= limits.size
    var end = ZipBytes()
    end.put(directory)
    directory = []
    if isLarge {
      end.put(0x0606_4B50 as UInt32)
      end.put(44 as UInt64)
      end.put(3 << 8 | 45 as UInt16)
      end.put(45 as UInt16)
      end.put(0 as UInt64)  // both disk numbers
      end.put(UInt64(count))
      end.put(UInt64(count))
      end.put(size)
      end.put(start)
      end.put(0x0706_4B50 as UInt32)
      end.put(0 as UInt32)
      end.put(start + size)
      end.put(1 as UInt32)
    }
    let shownCount = isLarge ? UInt16.max : UInt16(count)
    end.put(0x0605_4B50 as UInt32)
    end.put(0 as UInt32)
    end.put(shownCount)
    end.put(shownCount)
    end.put(isLarge ? UInt32.max : UInt32(size))
    end.put(isLarge ? UInt32.max : UInt32(start))
    end.put(UInt16(Self.mark.utf8.count))
    end.put(Array(Self.mark.utf8))
    try FileDescriptorWriting.write(end.bytes, to: descriptor, path: path)
  }

  /// The archive's comment.
  ///
  /// It marks archives of an export, which may be replaced.
  static let mark = "Seedbank export"

  private func entry(
    _ name: RelativePath, _ time: Timestamp, size: UInt64, crc: UInt32
  ) -> ZipEntry {
    ZipEntry(
      name: Array(name.description.utf8), time: time, size: size, crc: crc, offset: offset)
  }

  private mutating func write(header entry: ZipEntry) throws(ExportError) {
    let header = entry.localHeader(limits)
    try FileDescriptorWriting.write(header, to: descriptor, path: path)
    offset += UInt64(header.count)
  }

  private mutating func close(_ entry: ZipEntry) {
    directory += entry.centralHeader(limits)
    count += 1
  }

  private mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ExportError) {
    try FileDescriptorWriting.write(bytes, to: descriptor, path: path)
    offset += UInt64(bytes.count)
  }
}
