// Encoders that store bytes without compression. Decoders accept them.

/// A gzip file (RFC 1952).
enum GzipFile {
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + StoredBlocks.deflate(bytes)
      + littleEndian(checksum(bytes), 4) + littleEndian(UInt32(truncatingIfNeeded: bytes.count), 4)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}

/// The zlib format (RFC 1950).
enum ZlibStream {
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    [0x78, 0x01] + StoredBlocks.deflate(bytes) + littleEndian(checksum(bytes), 4).reversed()
  }

  /// Adler-32.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}

/// Blocks of stored bytes.
enum StoredBlocks {
  /// RFC 1951, 3.2.4: each block starts with its length and the complement of the length.
  static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xFFFF)
      rest = rest.dropFirst(0xFFFF)
      let length = UInt32(block.count)
      result += [rest.isEmpty ? 1 : 0] + littleEndian(length, 2) + littleEndian(~length, 2) + block
    } while !rest.isEmpty
    return result
  }

  /// RFC 7932, 9.2: uncompressed meta-blocks, then an empty last one.
  static func brotli(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let block = rest.prefix(0x10000)
      rest = rest.dropFirst(0x10000)
      // Not the last, a length of four digits, that length less one, uncompressed.
      let header = UInt32(block.count - 1) << 3 | 1 << 19
      // The first one follows the bit with the size of the window.
      result += littleEndian(result.isEmpty ? header << 1 : header, 3) + block
    }
    // Last and empty; in an empty stream, after the size of the window.
    return result + [result.isEmpty ? 0b110 : 0b11]
  }
}

private func littleEndian(_ number: UInt32, _ width: UInt32) -> [UInt8] {
  (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
